'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import { type Draft, isBlankFile } from './draft';
import type { DraftSlot } from './draft-store';
import { sizeFrom } from './text-size';

const FORGET_WITHIN_MS = 500;

export interface DraftKeepingOptions {
  isOn: boolean;
  maxBytes: number;
  read: () => Draft | null;
  restore: (draft: Draft) => void;
}

/** Keeps what is being written through a reload or a crash, in this browser only. */
export function useDraftKeeping({ isOn, maxBytes, read, restore }: DraftKeepingOptions) {
  const slot = useRef<DraftSlot | null>(null);
  const isOver = useRef(false);

  const offer = useEffectEvent((opened: DraftSlot) => {
    slot.current = opened;
    const now = read();
    if (opened.found && now && isBlankDraft(now)) restore(opened.found);
  });

  useEffect(() => {
    if (!isOn) return;
    let isHere = true;
    import('./draft-store')
      .then(({ openDraftSlot }) => openDraftSlot())
      .then((opened) => {
        if (isHere) offer(opened);
      })
      // Without storage nothing is kept; writing goes on.
      .catch(() => {});
    return () => {
      isHere = false;
    };
  }, [isOn]);

  return {
    keep(draft: Draft) {
      if (!slot.current || isOver.current) return;
      const isTooMuch =
        sizeFrom(
          draft.files.map(({ text }) => text),
          maxBytes * 2,
        ) > 0;
      if (isTooMuch) return;
      void (isBlankDraft(draft) ? slot.current.clear() : slot.current.save(draft)).catch(() => {});
    },
    /** Forgets it for good, once it is saved; a page that goes before that is done would offer it again. */
    async finish() {
      isOver.current = true;
      const late = new Promise<void>((resolve) => setTimeout(resolve, FORGET_WITHIN_MS));
      await Promise.race([slot.current?.clear().catch(() => {}), late]);
    },
    discard() {
      void slot.current?.clear().catch(() => {});
    },
  };
}

function isBlankDraft({ title, files }: Draft): boolean {
  return title === '' && files.every(isBlankFile);
}
