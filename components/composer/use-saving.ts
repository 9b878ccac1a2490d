'use client';

import { useTranslations } from 'next-intl';
import { type FormAction, useServerForm } from '@/components/ui/use-server-form';
import { NOT_SAVED_YET } from '@/lib/pastes/draft';
import { collectForm } from './collect-form';
import type { FileCard } from './file-card';

/** What the composer does with its form once there is JavaScript. */
export function useSaving({ action, maxBytes }: { action: FormAction; maxBytes: number }) {
  const t = useTranslations('composer');
  const errors = useTranslations('errors');
  const { state, isBusy, postAction, send, setAnswer } = useServerForm(action, t('unreachable'));

  function refuse(fields: Record<string, string>) {
    setAnswer({ ...NOT_SAVED_YET, outcome: 'refused', sentence: t('faults', { count: 1 }), fields });
  }

  return {
    state,
    isBusy,
    postAction,
    refuse,
    reset: () => setAnswer(NOT_SAVED_YET),
    /** @returns the indices of the files that were sent; the others had nothing in them */
    submit(element: HTMLFormElement, cards: readonly FileCard[]): number[] {
      const { form, kept, bytes } = collectForm(element, cards);
      if (bytes > maxBytes) {
        refuse({ 'files.0.content': errors('text_too_large', { maxMiB: maxBytes / 1024 / 1024 }) });
      } else send(form);
      return kept;
    },
  };
}
