'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import type { FormAction } from '@/components/actions/use-server-form';
import { isWider } from '@/lib/pastes/visibility';
import { keptFiles, utcOffset } from './collect-form';
import type { ComposerSetup } from './composer-setup';
import { type Draft, EMPTY_FILE } from './draft';
import { createLaterSaves, type LaterSave, type Refusal } from './offline/save-later';
import { useWaiting } from './offline/use-waiting';
import type { SaveChoice } from './save-choice';
import { createSecret, type OpenedSecret, type Sent, updateSecret } from './save-secret';
import { type Checked, useCheck } from './use-check';
import type { useFileCards } from './use-file-cards';
import { useSaving } from './use-saving';

export interface SubmitProps {
  action: FormAction;
  draft: Draft;
  setup: ComposerSetup;
  /** Of the revision that is edited; null for a new paste. */
  etag: string | null;
  /** The id of the user who is signed in; null for a guest. */
  author: string | null;
  /** The secret paste that is edited, as this page has opened it. */
  secret?: OpenedSecret;
}

interface ComposedForm {
  files: Pick<ReturnType<typeof useFileCards>, 'cards' | 'keep'>;
  isSecret: boolean;
  password: RefObject<string>;
  /** The form as it stands. */
  read: (form: HTMLFormElement) => Draft;
  /** Takes over what was written last. */
  settle: () => void;
  turnSecret: (on: boolean) => void;
  /** See `useServerForm`. */
  leaving: () => void;
}

interface Choice extends Checked {
  choice: SaveChoice | null;
}

/** Submits the form: after a check for credentials, encrypted if it is secret, and later if there is no network. */
export function useSubmit(props: SubmitProps, form: ComposedForm) {
  const { action, draft, setup, etag, author, secret } = props;
  const { files, isSecret, password, read, settle, turnSecret, leaving } = form;
  const isSignedIn = author !== null;
  const sent = useRef<Sent | null>(null);
  const checking = useCheck(draft, readForCheck);
  const saving = useSaving({ action, setup, leaving });

  const [laterSaves] = useState(createLaterSaves);
  const later = useWaiting<LaterSave>({
    send: laterSaves.send,
    onAnswer: (answer, save) => {
      if (answer.kind === 'saved') saving.arrive(answer.href);
      else void explainRefusal(answer.refusal, save);
    },
  });

  async function explainRefusal(refusal: Refusal | null, save: LaterSave) {
    const { draft: refused, author: by, keepsCredentials } = save;
    // The server has found some where this page could not check.
    const isAsked = !keepsCredentials && refusal?.errors.some(({ path }) => path === 'files');
    const credentials = isAsked ? await checking.find(refused) : null;
    if (credentials) {
      checking.remember(refused);
      saving.ask(credentials);
    } else saving.refuse(refusal, { isGuest: by === null });
  }

  function saveSecret(element: HTMLFormElement) {
    const now: Draft = { ...read(element), isSecret: true };
    const kept = keptFiles(now.files);
    const written = { ...now, files: now.files.filter((_, index) => kept.includes(index)) };
    const base = new FormData(element).get('etag');
    saving.submitSecret(written.files, () =>
      secret
        ? updateSecret({ draft: written, initial: draft, secret, etag: String(base), isSignedIn })
        : createSecret({
            draft: written,
            password: password.current,
            isSignedIn,
            sent: sent.current,
            onSent: (next) => {
              sent.current = next;
            },
          }),
    );
    files.keep(kept);
  }

  /** The form as it stands, and the texts that others can read already. */
  function readForCheck(element: HTMLFormElement) {
    const now = read(element);
    const visibility = now.visibility || draft.visibility;
    const isPublished =
      etag !== null && draft.visibility !== 'private' && !isWider(visibility, draft.visibility);
    return {
      now: { ...now, visibility },
      published: isPublished ? draft.files.map(({ text }) => text) : [],
    };
  }

  /** The save in the form, as `/api/composer` takes it. */
  function laterSave(
    element: HTMLFormElement,
    { choice, masked }: Omit<Choice, 'credentials'>,
  ): LaterSave & { kept: number[] } {
    const now = read(element);
    const all = masked ?? now.files;
    const kept = keptFiles(all);
    const sentDraft: Draft = {
      ...now,
      utcOffset: utcOffset(now.expiresAt),
      files: kept.map((index) => all[index] ?? EMPTY_FILE),
      ...(choice === 'private' ? { visibility: choice } : {}),
    };
    return { draft: sentDraft, author, keepsCredentials: choice === 'keep', kept };
  }

  /** Asks about credentials, or sends the form. */
  function send(element: HTMLFormElement, { choice, credentials, masked }: Choice) {
    // It may have been switched on during the check.
    if (isSecret) {
      saveSecret(element);
      return;
    }
    checking.remember(readForCheck(element).now);
    if (credentials) {
      settle();
      saving.ask(credentials);
      return;
    }
    const save = laterSave(element, { choice, masked });
    // An action of the page could not be repeated without the risk of a second paste.
    if (etag === null && (!navigator.onLine || laterSaves.maybeStored(save))) {
      saving.reset();
      later.begin(save);
      files.keep(save.kept);
      return;
    }
    files.keep(saving.submit(element, { cards: files.cards, choice, masked }));
  }

  // The check takes time; by then there may be other cards.
  const latestSend = useRef(send);
  useEffect(() => {
    latestSend.current = send;
  });

  async function submit(element: HTMLFormElement, choice: SaveChoice | null): Promise<void> {
    if (checking.isChecking || later.isOn) return;
    if (isSecret || choice === 'secret') {
      if (!isSecret) turnSecret(true);
      saveSecret(element);
      return;
    }
    const checked = await checking.check(element, choice);
    latestSend.current(element, { choice, ...checked });
  }

  return {
    saving,
    isBusy: saving.isBusy || checking.isChecking || later.isOn,
    prepareCheck: checking.prepare,
    isLocked: later.isOn,
    waitingFor: later.waitingFor,
    stopWaiting: later.stop,
    submit,
  };
}
