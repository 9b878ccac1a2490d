'use client';

import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { FormAction } from '@/components/actions/use-server-form';
import { readDraft, readFiles } from './collect-form';
import type { Note } from './composer-notes';
import type { ComposerSetup } from './composer-setup';
import { type Draft, EMPTY_FILE, isBlankFile } from './draft';
import { applySettings, faultyFile, focusFault } from './form-fields';
import { type OpenedFiles, openFiles } from './opened-files';
import { sizeFrom } from './text-size';
import { useDraftKeeping } from './use-draft-keeping';
import { useFileCards } from './use-file-cards';
import { useFileFacts } from './use-file-facts';
import { useFormWatch } from './use-form-watch';
import { type OpeningWay, useRefusals } from './use-refusals';
import { useSaving } from './use-saving';

/** From this share of the limit on it is worth knowing how much room there is. */
const NEARLY_FULL = 0.8;

export interface ComposerProps {
  action: FormAction;
  draft: Draft;
  setup: ComposerSetup;
  /** Of the revision that is edited; null for a new paste. */
  etag: string | null;
  cancelHref: string | null;
  /** Members have more to choose from. */
  isMember: boolean;
  /** Whether who may see it and for how long is theirs to say. */
  isManager?: boolean;
  /** Whether what is written outlives the page, in this browser. */
  keepsDraft: boolean;
}

/** All that happens in the composer once there is JavaScript. */
export function useComposer(form: RefObject<HTMLFormElement | null>, props: ComposerProps) {
  const { action, draft, setup, keepsDraft } = props;
  const t = useTranslations('composer');
  const files = useFileCards(draft.files);
  const facts = useFileFacts(files.cards);
  const refusals = useRefusals(setup);
  const [note, setNote] = useState<Note | null>(null);
  const [bytes, setBytes] = useState(0);
  const { cards, selected } = files;
  const drafts = useDraftKeeping({
    isOn: keepsDraft,
    maxBytes: setup.maxBytes,
    read: () => form.current && readDraft(form.current, cards),
    restore: (found) => {
      if (!form.current) return;
      applySettings(form.current, found);
      files.replaceAll(found.files);
      setNote({ text: t('restored'), action: { label: t('discard'), run: discard } });
    },
  });

  const saving = useSaving({ action, maxBytes: setup.maxBytes, leaving: drafts.finish });
  const { state } = saving;
  const shownFaults = useRef(state);

  function settle() {
    if (!form.current) return;
    const now = readDraft(form.current, cards);
    facts.update(now.files);
    const texts = now.files.map(({ text }) => text);
    setBytes(sizeFrom(texts, setup.maxBytes * NEARLY_FULL));
    drafts.keep(now);
  }

  useFormWatch(form, settle);
  // The fields of new cards are there only once they are rendered.
  const settleCards = useEffectEvent(settle);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is their change that matters
  useEffect(() => settleCards(), [cards]);

  useEffect(() => {
    if (state.outcome !== 'error' || shownFaults.current === state) return;
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
    const text = refusals.explain({ opened, way, left });
    saving.reset();
    setNote(text === '' ? null : { text, isRefusal: true });
  }

  // Files take time to read; by then there may be other cards.
  const latestAdd = useRef(addOpened);
  useEffect(() => {
    latestAdd.current = addOpened;
  });

  function discard() {
    drafts.discard();
    form.current?.reset();
    files.replaceAll([EMPTY_FILE]);
    setNote(null);
    saving.reset();
  }

  return {
    files,
    saving,
    note,
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
            setNote(null);
          },
        },
      });
    },
    async open(chosen: readonly File[], way: OpeningWay) {
      const opened = await openFiles(chosen, setup.maxBytes);
      latestAdd.current(opened, way);
    },
    submit(element: HTMLFormElement) {
      files.keep(saving.submit(element, cards));
    },
  };
}
