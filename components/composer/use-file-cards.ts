'use client';

import { useRef, useState } from 'react';
import { EMPTY_FILE, type FileDraft } from './draft';
import { addFiles, moveCard, neighbourOf, toCards } from './file-card';

/** What is to have the focus once it is shown. */
export interface FocusWish {
  key: number;
  part: 'name' | 'text' | 'tab';
}

/** A line to go to. */
export interface LineWish {
  key: number;
  line: number;
}

export function useFileCards(files: readonly FileDraft[]) {
  const [cards, setCards] = useState(() => toCards(files, 0));
  const lastKey = useRef(files.length - 1);
  const [selected, setSelected] = useState(0);
  const [wish, setWish] = useState<FocusWish | null>(null);
  const [lineWish, setLineWish] = useState<LineWish | null>(null);

  function numberOn(added: readonly FileDraft[]) {
    const numbered = toCards(added, lastKey.current + 1);
    lastKey.current += added.length;
    return numbered;
  }

  function show(key: number, part: FocusWish['part'] | null) {
    setSelected(key);
    setWish(part && { key, part });
  }

  return {
    cards,
    selected: cards.some(({ key }) => key === selected) ? selected : (cards[0]?.key ?? 0),
    wish,
    lineWish,
    select: show,
    goTo(key: number, line: number) {
      show(key, null);
      setLineWish({ key, line });
    },
    keep(kept: readonly number[]) {
      if (kept.length < cards.length) setCards(cards.filter((_, index) => kept.includes(index)));
    },
    addBlank() {
      const added = numberOn([EMPTY_FILE]);
      setCards((before) => [...before, ...added]);
      show(lastKey.current, 'name');
    },
    /** @returns how many there was no room for */
    add(texts: readonly FileDraft[], added: readonly FileDraft[], maxFiles: number): number {
      const numbered = numberOn(added);
      const all = addFiles({ cards, texts }, numbered);
      const next = all.slice(0, maxFiles);
      const first = numbered.find((card) => next.includes(card));
      setCards(next);
      if (first) show(first.key, 'text');
      return all.length - next.length;
    },
    remove(key: number) {
      const next = neighbourOf(cards, key);
      if (next === null) return;
      setCards(cards.filter((card) => card.key !== key));
      if (selected === key) show(next, cards.length > 2 ? 'tab' : 'text');
    },
    /** The key of the card that was added last. */
    newest: () => lastKey.current,
    /** Removes the cards that were added after one card and up to another. */
    removeAdded({ after, upTo }: { after: number; upTo: number }) {
      const blank = numberOn([EMPTY_FILE]);
      setCards((before) => {
        const left = before.filter(({ key }) => key <= after || key > upTo);
        return left.length > 0 ? left : blank;
      });
    },
    /** Puts a file back where it was. */
    putBack(file: FileDraft, index: number) {
      const added = numberOn([file]);
      setCards((before) => [...before.slice(0, index), ...added, ...before.slice(index)]);
      show(lastKey.current, 'text');
    },
    move: (key: number, by: number) => setCards(moveCard(cards, key, by)),
    replaceAll(next: readonly FileDraft[]) {
      const fresh = numberOn(next);
      setCards(fresh);
      show(fresh[0]?.key ?? 0, 'text');
    },
  };
}
