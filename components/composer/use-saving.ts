'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { type FormAction, useServerForm } from '@/components/actions/use-server-form';
import type { CredentialReport } from '@/lib/text/credentials/report-credentials';
import { actionFields, collectForm, contentBytes } from './collect-form';
import type { ComposerSetup } from './composer-setup';
import type { FileDraft } from './draft';
import type { FileCard } from './file-card';
import { faultsOf, type Refusal } from './offline/save-later';
import { readPostedPage } from './posted-page';
import { intentOf, type SaveChoice } from './save-choice';
import type { SecretOutcome } from './save-secret';
import { sizeValues } from './size-values';
import { uploadForm } from './upload-form';

/** From here on a slow line is worth watching. */
const WATCHED_BYTES = 256 * 1024;

export interface Sending {
  /** How much has gone, from 0 to 1. */
  share: number;
  cancel: () => void;
}

interface SavingOptions {
  action: FormAction;
  setup: ComposerSetup;
  /** See `useServerForm`. */
  leaving: () => void;
}

interface Submitted {
  cards: readonly FileCard[];
  choice: SaveChoice | null;
  /** See `collectForm`. */
  masked: readonly FileDraft[] | null;
}

/** What the composer does with its form once there is JavaScript. */
export function useSaving({ action, setup, leaving }: SavingOptions) {
  const { maxBytes } = setup;
  const t = useTranslations('composer');
  const errors = useTranslations('errors');
  const { state, isBusy, postAction, send, run, setAnswer } = useServerForm(
    action,
    t('unreachable'),
    leaving,
  );
  const [sending, setSending] = useState<Sending | null>(null);

  function refusal(fields: Record<string, string>): FormState {
    const count = Object.keys(fields).length;
    const sentence = count === 1 ? null : t('faults', { count });
    return { ...NOT_POSTED, outcome: 'error', sentence, fields };
  }

  function refuseSize(lastFile: number) {
    setAnswer(refusal({ [`files.${lastFile}.content`]: t('tooLargeText', sizeValues(maxBytes)) }));
  }

  const arrive = (href: string) => setAnswer({ ...NOT_POSTED, outcome: 'saved', href });

  async function upload(form: FormData) {
    setAnswer(NOT_POSTED);
    const { answer, cancel } = uploadForm(form, (share) => setSending({ share, cancel }));
    setSending({ share: 0, cancel });
    const result = await answer;
    setSending(null);
    if (result.kind === 'cancelled') return;
    if (result.kind === 'saved') {
      arrive(result.href);
      return;
    }
    const told = result.kind === 'page' ? readPostedPage(result.html) : null;
    setAnswer(told ?? { ...NOT_POSTED, outcome: 'error', sentence: t('unreachable') });
  }

  return {
    state,
    sending,
    isBusy: isBusy || sending !== null,
    postAction,
    arrive,
    reset: () => setAnswer(NOT_POSTED),
    /** Shows why `/api/composer` does not take it; null if it has not said so. */
    refuse(told: Refusal | null, { isGuest }: { isGuest: boolean }) {
      const fields = told ? faultsOf(told) : {};
      if (Object.keys(fields).length > 0) {
        setAnswer(refusal(fields));
        return;
      }
      const isOther = told?.code === 'unauthorized';
      const sentence = isOther ? t(isGuest ? 'offline.signedIn' : 'offline.otherAccount') : told?.detail;
      const code = isOther && !isGuest ? 'unauthorized' : null;
      setAnswer({ ...NOT_POSTED, outcome: 'error', code, sentence: sentence ?? t('unreachable') });
    },
    ask: (credentials: CredentialReport) => setAnswer({ ...NOT_POSTED, outcome: 'asked', credentials }),
    submitSecret(files: readonly FileDraft[], work: () => Promise<SecretOutcome>) {
      if (sending !== null) return;
      if (contentBytes(files) > maxBytes) {
        refuseSize(files.length - 1);
        return;
      }
      const { maxFiles, maxTitle, maxName } = setup;
      const values = { maxMiB: maxBytes / 1024 / 1024, maxFiles, maxTitle, maxName };
      run(async () => {
        const outcome = await work();
        if (outcome.kind === 'answer') return outcome.state;
        const faults = Object.entries(outcome.faults).map(([field, fault]) => [field, errors(fault, values)]);
        return refusal(Object.fromEntries(faults));
      });
    },
    /** @returns the indices of the files that were sent; the others had nothing in them */
    submit(element: HTMLFormElement, { cards, choice, masked }: Submitted): number[] {
      const { form, kept, bytes } = collectForm(element, cards, masked);
      if (bytes > maxBytes) {
        refuseSize(kept.length - 1);
        return kept;
      }
      form.set('intent', intentOf(choice));
      const hidden = bytes > WATCHED_BYTES ? actionFields(element) : [];
      if (hidden.length > 0 && !isBusy && sending === null) {
        for (const [name, value] of hidden) form.append(name, value);
        void upload(form);
      } else if (sending === null) send(form);
      return kept;
    },
  };
}
