'use client';

import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { DraftPlace } from '@/components/drafts/draft-store';
import { isRestored, useDraft } from '@/components/drafts/use-draft';
import { useFormWatch } from '@/components/drafts/use-form-watch';
import { sizeFrom } from '@/components/editor/text-size';
import { readDraft, readFiles } from './collect-form';
import type { Note } from './composer-notes';
import { type Draft, isBlankFile, isChanged, lengthOf } from './draft';
import { applySettings, faultyFile, focusFault, leavePublic } from './form-fields';
import { useShared } from './offline/use-shared';
import { type OpenedFiles, openFiles } from './opened-files';
import { prepareWorker } from './secret/ask-worker';
import { base64Length } from './secret/base64';
import { sizeValues } from './size-values';
import { useFileCards } from './use-file-cards';
import { useFileFacts } from './use-file-facts';
import { type OpeningWay, useRefusals } from './use-refusals';
import { type SubmitProps, useSubmit } from './use-submit';

/** From this share of the limit on it is worth knowing how much room there is. */
const NEARLY_FULL = 0.8;

export interface ComposerProps extends SubmitProps {
  cancelHref: string | null;
  /** Members have more to choose from. */
  isMember: boolean;
  /** Whether who may see it and for how long is theirs to say. */
  isManager?: boolean;
  /** Where what is written outlives the page, in this browser; null where it does not. */
  draftPlace: DraftPlace | null;
}

/** All that happens in the composer once there is JavaScript. */
export function useComposer(form: RefObject<HTMLFormElement | null>, props: ComposerProps) {
  const { draft, setup, draftPlace, etag } = props;
  const t = useTranslations('composer');
  const draftWords = useTranslations('drafts');
  const files = useFileCards(draft.files);
  const facts = useFileFacts(files.cards);
  const refusals = useRefusals(setup);
  const [note, setNote] = useState<Note | null>(null);
  const [bytes, setBytes] = useState(0);
  const [isSecret, setIsSecret] = useState(Boolean(draft.isSecret));
  const password = useRef('');
  const { cards, selected } = files;
  const drafts = useDraft<Draft>({
    place: draftPlace,
    read: () => form.current && toKeep(readNow(form.current)),
    apply: (found) => {
      if (!form.current) return;
      applySettings(form.current, found);
      setIsSecret(Boolean(found.isSecret));
      files.replaceAll(found.files);
    },
    onFound: (finding) => {
      const action = isRestored(finding)
        ? { label: draftWords('discard'), run: discard }
        : { label: draftWords('restore'), run: drafts.restore };
      setNote({ text: draftWords(finding), action });
    },
  });

  const { saving, isBusy, prepareCheck, isLocked, waitingFor, stopWaiting, submit } = useSubmit(props, {
    files,
    isSecret,
    password,
    read: readNow,
    settle,
    turnSecret,
    leaving: drafts.finish,
  });
  const { state } = saving;
  const shownFaults = useRef(state);

  function readNow(element: HTMLFormElement): Draft {
    const now = readDraft(element, cards);
    return isSecret ? { ...now, isSecret } : now;
  }

  function toKeep(now: Draft) {
    return isChanged(now, draft) ? { draft: now, length: lengthOf(now) } : null;
  }

  function settle() {
    if (!form.current) return;
    const now = readNow(form.current);
    facts.update(now.files);
    const texts = now.files.map(({ text }) => text);
    const binary = now.files.reduce((sum, { base64 = '' }) => sum + base64Length(base64), 0);
    const floor = Math.max(setup.maxBytes * NEARLY_FULL - binary, 0);
    const size = binary + sizeFrom(texts, floor);
    setBytes(size < setup.maxBytes * NEARLY_FULL ? 0 : size);
    if (!isSecret && texts.some((text) => text !== '')) prepareCheck();
    drafts.keep(toKeep(now));
  }

  useEffect(() => {
    if (!isSecret) password.current = '';
  }, [isSecret]);

  useFormWatch(form, settle);
  // The fields of new cards are there only once they are rendered.
  const settleCards = useEffectEvent(settle);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is their change that matters
  useEffect(() => settleCards(), [cards, isSecret]);

  useEffect(() => {
    if (state.outcome === 'none' || state.outcome === 'saved' || shownFaults.current === state) return;
    const key = cards[faultyFile(state.fields)]?.key;
    if (key !== undefined && key !== selected) {
      files.select(key, null);
      return;
    }
    shownFaults.current = state;
    if (form.current) focusFault(form.current);
  }, [state, cards, selected, files.select, form]);

  function addOpened(opened: OpenedFiles, way: OpeningWay) {
    if (!form.current || isLocked) return;
    const texts = readFiles(form.current, cards);
    const left = opened.files.length > 0 ? files.add(texts, opened.files, setup.maxFiles) : 0;
    const text = refusals.explain({ opened, way, left: left + opened.left });
    saving.reset();
    const { forSecret } = opened;
    const offer = {
      label: t('secret.takeFiles'),
      run: () => {
        turnSecret(true);
        void openFiles(forSecret, setup, { takesBinaries: true }).then((read) =>
          latestAdd.current(read, way),
        );
      },
    };
    const canOffer = etag === null && forSecret.length > 0;
    setNote(text === '' ? null : { text, isRefusal: true, ...(canOffer ? { action: offer } : {}) });
  }

  function turnSecret(on: boolean) {
    if (!on && cards.some(({ base64 }) => base64 !== undefined)) {
      setNote({ text: t('secret.holdsBinaries'), isRefusal: true });
      return;
    }
    if (on && form.current) leavePublic(form.current);
    if (on) prepareWorker();
    setIsSecret(on);
    saving.reset();
  }

  // Files take time to read; by then there may be other cards.
  const latestAdd = useRef(addOpened);
  useEffect(() => {
    latestAdd.current = addOpened;
  });

  useShared({
    setup,
    isNew: etag === null,
    isSecret,
    cards: files,
    whenSearched: drafts.whenSearched,
    findFreeTitle() {
      const field = form.current?.elements.namedItem('title');
      const isFree = form.current !== null && toKeep(readNow(form.current)) === null;
      return isFree && field instanceof HTMLInputElement ? field : null;
    },
    add: (opened) => addOpened(opened, 'dropped'),
    setNote,
    reset: saving.reset,
  });

  function discard() {
    stopWaiting();
    drafts.discard();
    form.current?.reset();
    password.current = '';
    setIsSecret(Boolean(draft.isSecret));
    files.replaceAll(draft.files);
    setNote(null);
    saving.reset();
  }

  return {
    files,
    saving,
    isBusy,
    note: isLocked ? null : note,
    kept: drafts.kept,
    base: drafts.base,
    bytes,
    factsOf: facts.factsOf,
    isSecret,
    turnSecret,
    typePassword(typed: string) {
      password.current = typed;
    },
    tabs: cards.map((card, index) => {
      const { name, language } = facts.factsOf(card);
      return {
        key: card.key,
        label: name || t('file', { number: index + 1 }),
        language: card.base64 === undefined ? language : null,
        isFaulty: Object.keys(state.fields).some((field) => field.startsWith(`files.${index}.`)),
      };
    }),
    dismiss: () => setNote(null),
    refusePasted: () => setNote({ text: t('tooLargePasted', sizeValues(setup.maxBytes)), isRefusal: true }),
    move(key: number, by: number) {
      files.move(key, by);
      saving.reset();
    },
    remove(key: number) {
      const index = cards.findIndex((card) => card.key === key);
      const file = form.current ? readFiles(form.current, cards)[index] : undefined;
      files.remove(key);
      saving.reset();
      if (!file || isBlankFile(file)) return;
      setNote({
        text: t('removed', { name: file.name || t('file', { number: index + 1 }) }),
        action: {
          label: t('undo'),
          run: () => {
            files.putBack(file, index);
            saving.reset();
            setNote(null);
          },
        },
      });
    },
    async open(chosen: readonly File[], way: OpeningWay) {
      const opened = await openFiles(chosen, setup, { takesBinaries: isSecret });
      latestAdd.current(opened, way);
    },
    isLocked,
    waitingFor,
    stopWaiting,
    submit,
  };
}
