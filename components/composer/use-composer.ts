'use client';

import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { FormAction } from '@/components/actions/use-server-form';
import type { DraftPlace } from '@/components/drafts/draft-store';
import { isRestored, useDraft } from '@/components/drafts/use-draft';
import { useFormWatch } from '@/components/drafts/use-form-watch';
import { sizeFrom } from '@/components/editor/text-size';
import { isWider } from '@/lib/pastes/visibility';
import { keptFiles, readDraft, readFiles, utcOffset } from './collect-form';
import type { Note } from './composer-notes';
import type { ComposerSetup } from './composer-setup';
import { type Draft, EMPTY_FILE, isBlankFile, isChanged, lengthOf } from './draft';
import { applySettings, faultyFile, focusFault, leavePublic } from './form-fields';
import { createLaterSaves, type LaterSave, type Refusal } from './offline/save-later';
import { useShared } from './offline/use-shared';
import { useWaiting } from './offline/use-waiting';
import { type OpenedFiles, openFiles } from './opened-files';
import type { SaveChoice } from './save-choice';
import { createSecret, type OpenedSecret, type Sent, updateSecret } from './save-secret';
import { prepareWorker } from './secret/ask-worker';
import { base64Length } from './secret/base64';
import { sizeValues } from './size-values';
import { type Checked, useCheck } from './use-check';
import { useFileCards } from './use-file-cards';
import { useFileFacts } from './use-file-facts';
import { type OpeningWay, useRefusals } from './use-refusals';
import { useSaving } from './use-saving';

/** From this share of the limit on it is worth knowing how much room there is. */
const NEARLY_FULL = 0.8;

interface Choice extends Checked {
  choice: SaveChoice | null;
}

export interface ComposerProps {
  action: FormAction;
  draft: Draft;
  setup: ComposerSetup;
  /** Of the revision that is edited; null for a new paste. */
  etag: string | null;
  cancelHref: string | null;
  /** The id of the user who is signed in; null for a guest. */
  author: string | null;
  /** Members have more to choose from. */
  isMember: boolean;
  /** Whether who may see it and for how long is theirs to say. */
  isManager?: boolean;
  /** Where what is written outlives the page, in this browser; null where it does not. */
  draftPlace: DraftPlace | null;
  /** The secret paste that is edited, as this page has opened it. */
  secret?: OpenedSecret;
}

/** All that happens in the composer once there is JavaScript. */
export function useComposer(form: RefObject<HTMLFormElement | null>, props: ComposerProps) {
  const { action, draft, setup, draftPlace, etag, secret, author } = props;
  const isSignedIn = author !== null;
  const t = useTranslations('composer');
  const draftWords = useTranslations('drafts');
  const files = useFileCards(draft.files);
  const facts = useFileFacts(files.cards);
  const refusals = useRefusals(setup);
  const [note, setNote] = useState<Note | null>(null);
  const [bytes, setBytes] = useState(0);
  const [isSecret, setIsSecret] = useState(Boolean(draft.isSecret));
  const password = useRef('');
  const sent = useRef<Sent | null>(null);
  const { cards, selected } = files;
  const checking = useCheck(draft, readForCheck);
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

  const saving = useSaving({ action, setup, leaving: drafts.finish });
  const { state } = saving;
  const shownFaults = useRef(state);

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
    if (!isSecret && texts.some((text) => text !== '')) checking.prepare();
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
    if (!form.current || later.isOn) return;
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

  function saveSecret(element: HTMLFormElement) {
    const now: Draft = { ...readNow(element), isSecret: true };
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

  /** The form as it stands, and the texts that others can read already. */
  function readForCheck(element: HTMLFormElement) {
    const now = readNow(element);
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
    const now = readNow(element);
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
    files.keep(saving.submit(element, { cards, choice, masked }));
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

  function discard() {
    later.stop();
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
    isBusy: saving.isBusy || checking.isChecking || later.isOn,
    note: later.isOn ? null : note,
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
    isLocked: later.isOn,
    waitingFor: later.waitingFor,
    stopWaiting: later.stop,
    submit,
  };
}
