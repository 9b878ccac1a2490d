'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { type DraftPlace, type DraftSlot, type FoundDraft, GUEST, type Kept, openDraft } from './draft-store';

/**
 * A found draft was put into the form, or is offered because it is of an earlier revision (`older`) or would
 * replace what is typed already (`other`).
 */
export type Finding = 'restored' | 'restoredOlder' | 'older' | 'other';

export function isRestored(finding: Finding): boolean {
  return finding === 'restored' || finding === 'restoredOlder';
}

export interface Written<T> {
  draft: T;
  /** How many characters it has, about. */
  length: number;
}

export interface DraftOptions<T> {
  /** Null where nothing is to be kept. */
  place: DraftPlace | null;
  /** Null where there is nothing to keep. */
  read: () => Written<T> | null;
  apply: (draft: T) => void;
  onFound: (finding: Finding) => void;
}

/** Keeps what is being written through a reload, a crash or a way back, in this browser only. */
export function useDraft<T>({ place, read, apply, onFound }: DraftOptions<T>) {
  const isOn = place !== null;
  const currentBase = place?.base ?? '';
  const [kept, setKept] = useState<Kept | null>(null);
  const [base, setBase] = useState(currentBase);
  const slot = useRef<DraftSlot<T> | null>(null);
  const finding = useRef<Promise<FoundDraft<T> | null> | null>(null);
  const latest = useRef<Kept | null>(null);
  const found = useRef<FoundDraft<T> | null>(null);
  const isOver = useRef(false);

  function keep(written: Written<T> | null) {
    if (!slot.current || isOver.current) return;
    if (written === null) slot.current.clear();
    latest.current = written && slot.current.save({ base, draft: written.draft }, written.length);
    setKept(latest.current);
  }

  function restore() {
    if (!slot.current || !found.current) return;
    const { base: foundBase, draft } = found.current;
    const replaced = read();
    if (replaced) keep(replaced);
    slot.current.take(found.current);
    found.current = null;
    setBase(foundBase);
    apply(draft);
    onFound(foundBase === currentBase ? 'restored' : 'restoredOlder');
  }

  const offer = useEffectEvent((draft: FoundDraft<T>) => {
    found.current = draft;
    if (draft.base !== currentBase) onFound('older');
    else if (read()) onFound('other');
    else restore();
  });
  const open = useEffectEvent(() =>
    openDraft<T>({ owner: place?.owner ?? GUEST, scope: place?.scope ?? '' }),
  );

  useEffect(() => {
    if (!isOn) return;
    const stopped = new AbortController();
    const { signal } = stopped;
    slot.current ??= open();
    finding.current ??= slot.current.find();
    void finding.current.then((draft) => {
      if (draft && !signal.aborted) offer(draft);
    });
    const ask = (event: BeforeUnloadEvent) => {
      if (latest.current !== null && latest.current !== 'kept' && !isOver.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask, { signal });
    return () => stopped.abort();
  }, [isOn]);

  return {
    kept,
    /** The revision that what is in the form began from. */
    base,
    keep,
    restore,
    /** Once a draft of an earlier page was found, if there is one. */
    whenSearched: async () => void (await finding.current),
    /** Forgets the draft, for a form that begins again. */
    discard() {
      slot.current?.forget();
      keep(null);
      setBase(currentBase);
    },
    /** Forgets the draft for good, once it is saved. */
    finish() {
      isOver.current = true;
      slot.current?.forget();
    },
  };
}
