'use client';

import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { FormAction } from '@/components/actions/use-server-form';
import type { DraftPlace } from '@/components/drafts/draft-store';
import { isRestored, useDraft } from '@/components/drafts/use-draft';
import { useFormWatch } from '@/components/drafts/use-form-watch';
import { sizeFrom } from '@/components/editor/text-size';
import { isWider } from '@/lib/pastes/visibility';
import type { CredentialReport } from '@/lib/text/credentials/report-credentials';
import { keptFiles, readDraft, readFiles, utcOffset } from './collect-form';
import type { Note } from './composer-notes';
import type { ComposerSetup } from './composer-setup';
import { type Draft, EMPTY_FILE, type FileDraft, isBlankFile, isChanged, isSame, lengthOf } from './draft';
import { applySettings, faultyFile, focusFault, leavePublic } from './form-fields';
import { createLaterSaves, type LaterSave, type Refusal } from './offline/save-later';
import { type Shared, takeShared } from './offline/shared-files';
import { useWaiting } from './offline/use-waiting';
import { type OpenedFiles, openFiles } from './opened-files';
import type { SaveChoice } from './save-choice';
import { createSecret, type OpenedSecret, type Sent, updateSecret } from './save-secret';
import { prepareWorker } from './secret/ask-worker';
import { base64Length } from './secret/base64';
import { sizeValues } from './size-values';
import { useFileCards } from './use-file-cards';
import { useFileFacts } from './use-file-facts';
import { type OpeningWay, useRefusals } from './use-refusals';
import { useSaving } from './use-saving';

/** From this share of the limit on it is worth knowing how much room there is. */
const NEARLY_FULL = 0.8;

/** Fetched once there is a text to check, so that the page does not wait for it; null where it cannot be had. */
const loadCheck = () => import('./credential-check').catch(() => null);
const LOADED_WITHIN_MS = 3_000;

interface Checked {
  /** What the author is to be asked about. */
  credentials: CredentialReport | null;
  masked: readonly FileDraft[] | null;
}

interface Choice {
  choice: SaveChoice | null;
  masked: readonly FileDraft[] | null;
}

/** Where the browser cannot check, the server asks. */
const UNCHECKED: Checked = { credentials: null, masked: null };

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
  const [isChecking, setIsChecking] = useState(false);
  const [isSecret, setIsSecret] = useState(Boolean(draft.isSecret));
  const password = useRef('');
  const sent = useRef<Sent | null>(null);
  const hasAskedForCheck = useRef(false);
  /** What the author was last asked about, if they were: by the browser or, once it was sent, by the server. */
  const asked = useRef(draft);
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
    const check = isAsked ? await loadCheck() : null;
    const credentials = check && (await check.reportDraft(refused, []));
    if (credentials) {
      asked.current = refused;
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
    if (!hasAskedForCheck.current && !isSecret && texts.some((text) => text !== '')) {
      hasAskedForCheck.current = true;
      void loadCheck();
    }
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
    saving.submitSecret(() =>
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

  /** Who shared it, and whether the author of the draft wants it, cannot be known: it can be removed at once. */
  function addShared(opened: OpenedFiles, { title, files: given }: Shared) {
    const field = form.current?.elements.namedItem('title');
    if (!form.current || !(field instanceof HTMLInputElement)) return;
    const setsTitle = title !== '' && toKeep(readNow(form.current)) === null;
    if (setsTitle) field.value = title;
    const after = files.newest();
    if (given.length > 0) addOpened(opened, 'dropped');
    const upTo = files.newest();
    if (upTo === after && !setsTitle) return;
    const run = () => {
      if (setsTitle) field.value = '';
      files.removeAdded({ after, upTo });
      setNote(null);
      saving.reset();
    };
    setNote((refusal) => ({
      text: [t('offline.shared'), refusal?.isRefusal ? refusal.text : ''].join(' ').trim(),
      action: { label: t('offline.removeShared'), run },
    }));
  }

  // Files take time to read; by then there may be other cards.
  const latestAdd = useRef(addOpened);
  const latestShared = useRef(addShared);
  useEffect(() => {
    latestAdd.current = addOpened;
    latestShared.current = addShared;
  });

  const readShared = useEffectEvent(async () => {
    // What was being written comes first, and stays.
    await drafts.whenSearched();
    const shared = await takeShared();
    const opened = shared && (await openFiles(shared.files, setup, { takesBinaries: isSecret }));
    if (opened) latestShared.current(opened, shared);
  });
  const tellLost = useEffectEvent(() => setNote({ text: t('offline.lost'), isRefusal: true }));

  useEffect(() => {
    if (etag !== null) return;
    const shared = new URLSearchParams(window.location.search).get('shared');
    if (shared !== null) window.history.replaceState(window.history.state, '', window.location.pathname);
    if (shared === 'lost') tellLost();
    else void readShared();
  }, [etag]);

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
  function laterSave(element: HTMLFormElement, { choice, masked }: Choice): LaterSave & { kept: number[] } {
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
  function send(element: HTMLFormElement, { choice, credentials, masked }: Checked & Choice) {
    // It may have been switched on during the check.
    if (isSecret) {
      saveSecret(element);
      return;
    }
    asked.current = readForCheck(element).now;
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
  const latest = useRef({ readForCheck, send, submit });
  useEffect(() => {
    latest.current = { readForCheck, send, submit };
  });

  /** Checks the form as the choice requires, until it has not changed during the check. */
  async function checkForm(element: HTMLFormElement, choice: SaveChoice | null): Promise<Checked> {
    const late = new Promise<null>((resolve) => setTimeout(resolve, LOADED_WITHIN_MS, null));
    const check = await Promise.race([loadCheck(), late]);
    if (!check) return UNCHECKED;
    const report = (now: Draft, published: readonly string[]) => {
      if (choice === null) return check.reportDraft(now, published);
      return choice === 'keep' ? check.reportAdded(now, { published, asked: asked.current }) : null;
    };
    for (;;) {
      const { now, published } = latest.current.readForCheck(element);
      const credentials = await report(now, published);
      const masked = choice === 'mask' ? await check.maskFiles(now.files, published) : null;
      if (isSame(now, latest.current.readForCheck(element).now)) return { credentials, masked };
    }
  }

  async function submit(element: HTMLFormElement, choice: SaveChoice | null): Promise<void> {
    if (isChecking || later.isOn) return;
    if (isSecret || choice === 'secret') {
      if (!isSecret) turnSecret(true);
      saveSecret(element);
      return;
    }
    setIsChecking(true);
    const checked = await checkForm(element, choice)
      .catch(() => UNCHECKED)
      .finally(() => setIsChecking(false));
    latest.current.send(element, { choice, ...checked });
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
    isBusy: saving.isBusy || isChecking || later.isOn,
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
