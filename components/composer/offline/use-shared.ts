'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { Note } from '../composer-notes';
import type { ComposerSetup } from '../composer-setup';
import { type OpenedFiles, openFiles } from '../opened-files';
import type { useFileCards } from '../use-file-cards';
import { type Shared, takeShared } from './shared-files';

interface ReceivingOptions {
  setup: ComposerSetup;
  /** Only a new paste takes what another app shares. */
  isNew: boolean;
  isSecret: boolean;
  cards: Pick<ReturnType<typeof useFileCards>, 'newest' | 'removeAdded'>;
  /** Ends when it is known whether there is a draft to restore. */
  whenSearched: () => Promise<unknown>;
  /** The field of the title, if nothing has been written yet; a title that was chosen stays. */
  findFreeTitle: () => HTMLInputElement | null;
  add: (opened: OpenedFiles) => void;
  setNote: (note: Note | null | ((before: Note | null) => Note | null)) => void;
  /** Takes away what was said about an earlier save. */
  reset: () => void;
}

/** Adds what another app has shared with this one to the draft. */
export function useShared(options: ReceivingOptions): void {
  const { setup, isNew, isSecret, whenSearched } = options;
  const t = useTranslations('composer');

  /** Who shared it, and whether the author of the draft wants it, cannot be known: it can be removed at once. */
  function addShared(opened: OpenedFiles, { title, files: given }: Shared) {
    const { cards, add, setNote, reset } = options;
    const field = title === '' ? null : options.findFreeTitle();
    if (field) field.value = title;
    const after = cards.newest();
    if (given.length > 0) add(opened);
    const upTo = cards.newest();
    if (upTo === after && !field) return;
    const run = () => {
      if (field) field.value = '';
      cards.removeAdded({ after, upTo });
      setNote(null);
      reset();
    };
    setNote((refusal) => ({
      text: [t('offline.shared'), refusal?.isRefusal ? refusal.text : ''].join(' ').trim(),
      action: { label: t('offline.removeShared'), run },
    }));
  }

  // Files take time to read; by then there may be other cards.
  const latestShared = useRef(addShared);
  useEffect(() => {
    latestShared.current = addShared;
  });

  const readShared = useEffectEvent(async () => {
    // What was being written comes first, and stays.
    await whenSearched();
    const shared = await takeShared();
    const opened = shared && (await openFiles(shared.files, setup, { takesBinaries: isSecret }));
    if (opened) latestShared.current(opened, shared);
  });
  const tellLost = useEffectEvent(() => options.setNote({ text: t('offline.lost'), isRefusal: true }));

  useEffect(() => {
    if (!isNew) return;
    const shared = new URLSearchParams(window.location.search).get('shared');
    if (shared !== null) window.history.replaceState(window.history.state, '', window.location.pathname);
    if (shared === 'lost') tellLost();
    else void readShared();
  }, [isNew]);
}
