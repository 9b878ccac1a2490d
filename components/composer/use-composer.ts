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
import { readDraft, readFiles } from './collect-form';
import type { Note } from './composer-notes';
import type { ComposerSetup } from './composer-setup';
import { type Draft, type FileDraft, isBlankFile, isChanged, isSame, lengthOf } from './draft';
import { applySettings, faultyFile, focusFault } from './form-fields';
import { type OpenedFiles, openFiles } from './opened-files';
import type { SaveChoice } from './save-choice';
import { useFileCards } from './use-file-cards';
import { useFileFacts } from './use-file-facts';
import { type OpeningWay, useRefusals } from './use-refusals';
import { useSaving } from './use-saving';

/** From this share of the limit on it is worth knowing how much room there is. */
const NEARLY_FULL = 0.8;
const MIB = 1024 * 1024;

/** Fetched once there is a text to check, so that the page does not wait for it; null where it cannot be had. */
const loadCheck = () => import('./credential-check').catch(() => null);
const LOADED_WITHIN_MS = 3_000;

interface Checked {
  /** What the author is to be asked about. */
  credentials: CredentialReport | null;
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
  isSignedIn: boolean;
  /** Members have more to choose from. */
  isMember: boolean;
  /** Whether who may see it and for how long is theirs to say. */
  isManager?: boolean;
  /** Where what is written outlives the page, in this browser; null where it does not. */
  draftPlace: DraftPlace | null;
}

/** All that happens in the composer once there is JavaScript. */
export function useComposer(form: RefObject<HTMLFormElement | null>, props: ComposerProps) {
  const { action, draft, setup, draftPlace, etag } = props;
  const t = useTranslations('composer');
  const draftWords = useTranslations('drafts');
  const files = useFileCards(draft.files);
  const facts = useFileFacts(files.cards);
  const refusals = useRefusals(setup);
  const [note, setNote] = useState<Note | null>(null);
  const [bytes, setBytes] = useState(0);
  const [isChecking, setIsChecking] = useState(false);
  const hasAskedForCheck = useRef(false);
  /** What the author was last asked about, if they were: by the browser or, once it was sent, by the server. */
  const asked = useRef(draft);
  const { cards, selected } = files;
  const drafts = useDraft<Draft>({
    place: draftPlace,
    read: () => form.current && toKeep(readDraft(form.current, cards)),
    apply: (found) => {
      if (!form.current) return;
      applySettings(form.current, found);
      files.replaceAll(found.files);
    },
    onFound: (finding) => {
      const action = isRestored(finding)
        ? { label: draftWords('discard'), run: discard }
        : { label: draftWords('restore'), run: drafts.restore };
      setNote({ text: draftWords(finding), action });
    },
  });

  const saving = useSaving({ action, maxBytes: setup.maxBytes, leaving: drafts.finish });
  const { state } = saving;
  const shownFaults = useRef(state);

  function toKeep(now: Draft) {
    return isChanged(now, draft) ? { draft: now, length: lengthOf(now) } : null;
  }

  function settle() {
    if (!form.current) return;
    const now = readDraft(form.current, cards);
    facts.update(now.files);
    const texts = now.files.map(({ text }) => text);
    setBytes(sizeFrom(texts, setup.maxBytes * NEARLY_FULL));
    if (!hasAskedForCheck.current && texts.some((text) => text !== '')) {
      hasAskedForCheck.current = true;
      void loadCheck();
    }
    drafts.keep(toKeep(now));
  }

  useFormWatch(form, settle);
  // The fields of new cards are there only once they are rendered.
  const settleCards = useEffectEvent(settle);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is their change that matters
  useEffect(() => settleCards(), [cards]);

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
    if (!form.current) return;
    const texts = readFiles(form.current, cards);
    const left = opened.texts.length > 0 ? files.add(texts, opened.texts, setup.maxFiles) : 0;
    const text = refusals.explain({ opened, way, left: left + opened.left });
    saving.reset();
    setNote(text === '' ? null : { text, isRefusal: true });
  }

  // Files take time to read; by then there may be other cards.
  const latestAdd = useRef(addOpened);
  useEffect(() => {
    latestAdd.current = addOpened;
  });

  /** The form as it stands, and the texts that others can read already. */
  function readForCheck(element: HTMLFormElement) {
    const now = readDraft(element, cards);
    const visibility = now.visibility || draft.visibility;
    const isPublished =
      etag !== null && draft.visibility !== 'private' && !isWider(visibility, draft.visibility);
    return {
      now: { ...now, visibility },
      published: isPublished ? draft.files.map(({ text }) => text) : [],
    };
  }

  /** Asks about credentials, or sends the form. */
  function send(
    element: HTMLFormElement,
    { choice, credentials, masked }: Checked & { choice: SaveChoice | null },
  ) {
    asked.current = readForCheck(element).now;
    if (credentials) {
      settle();
      saving.ask(credentials);
      return;
    }
    files.keep(saving.submit(element, { cards, choice, masked }));
  }

  // The check takes time; by then there may be other cards.
  const latest = useRef({ readForCheck, send });
  useEffect(() => {
    latest.current = { readForCheck, send };
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

  function discard() {
    drafts.discard();
    form.current?.reset();
    files.replaceAll(draft.files);
    setNote(null);
    saving.reset();
  }

  return {
    files,
    saving,
    isBusy: saving.isBusy || isChecking,
    note,
    kept: drafts.kept,
    base: drafts.base,
    bytes,
    factsOf: facts.factsOf,
    tabs: cards.map((card, index) => {
      const { name, language } = facts.factsOf(card);
      return {
        key: card.key,
        label: name || t('file', { number: index + 1 }),
        language,
        isFaulty: Object.keys(state.fields).some((field) => field.startsWith(`files.${index}.`)),
      };
    }),
    dismiss: () => setNote(null),
    refusePasted: () =>
      setNote({ text: t('tooLargePasted', { maxMiB: setup.maxBytes / MIB }), isRefusal: true }),
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
      const opened = await openFiles(chosen, setup);
      latestAdd.current(opened, way);
    },
    async submit(element: HTMLFormElement, choice: SaveChoice | null) {
      if (isChecking) return;
      setIsChecking(true);
      const checked = await checkForm(element, choice)
        .catch(() => UNCHECKED)
        .finally(() => setIsChecking(false));
      latest.current.send(element, { choice, ...checked });
    },
  };
}
