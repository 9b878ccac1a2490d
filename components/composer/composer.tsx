'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { FieldError } from '@/components/ui/field-error';
import type { FormAction } from '@/components/ui/use-server-form';
import { type Draft, EMPTY_FILE } from '@/lib/pastes/draft';
import { readTextFile } from './collect-form';
import { ComposerBar } from './composer-bar';
import { ComposerFile } from './composer-file';
import type { ComposerSetup } from './composer-setup';
import { type FileCard, toCard } from './file-card';
import { UploadButton } from './upload-button';
import { useSaving } from './use-saving';

export interface ComposerProps {
  action: FormAction;
  draft: Draft;
  setup: ComposerSetup;
  /** Of the revision that is edited; null for a new paste. */
  etag: string | null;
  cancelHref: string | null;
}

/**
 * One form for new and changed pastes. Without JavaScript the browser posts it and gets a page back;
 * with it, files come and go at once and nothing typed leaves the page before it is saved.
 */
export function Composer({ action, draft, setup, etag, cancelHref }: ComposerProps) {
  const t = useTranslations('composer');
  const errors = useTranslations('errors');
  const form = useRef<HTMLFormElement>(null);
  const [cards, setCards] = useState(() => draft.files.map(toCard));
  const [added, setAdded] = useState<number | null>(null);
  const saving = useSaving({ action, maxBytes: setup.maxBytes });
  const { state } = saving;
  const faults = state.fields;
  const focus =
    Object.keys(faults)[0] ?? (etag === null && state.outcome === 'none' ? 'files.0.content' : null);

  useEffect(() => {
    if (state.outcome !== 'refused') return;
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (field ?? form.current?.querySelector<HTMLElement>('[role="alert"]'))?.focus();
  }, [state]);

  function changeCards(next: FileCard[]) {
    setCards(next);
    saving.reset();
  }

  async function open(files: readonly File[]) {
    const drafts = await Promise.all(files.map(readTextFile));
    const texts = drafts.filter((file) => file !== null).map(toCard);
    const binaries = files.filter((_, index) => drafts[index] === null);
    const free = setup.maxFiles - cards.length + (isBlank(form.current, cards) ? 1 : 0);
    changeCards([...(isBlank(form.current, cards) ? [] : cards), ...texts.slice(0, free)]);
    const sentences = binaries.map(({ name }) => errors('binary_file', { name }));
    if (texts.length > free) sentences.push(errors('files_too_many', { maxFiles: setup.maxFiles }));
    if (sentences.length > 0) saving.refuse({ uploads: sentences.join(' ') });
  }

  return (
    <form
      ref={form}
      action={saving.postAction}
      noValidate
      className="flex grow flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        const kept = saving.submit(event.currentTarget, cards);
        if (kept.length < cards.length) setCards(cards.filter((_, index) => kept.includes(index)));
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }
      }}
    >
      {/* The first submit button is the one that Enter presses. */}
      <button type="submit" name="intent" value="save" tabIndex={-1} aria-hidden="true" className="sr-only">
        {t('save')}
      </button>
      {etag === null ? null : <input type="hidden" name="etag" value={state.etag ?? etag} />}
      {state.sentence === null ? null : (
        <p
          role="alert"
          tabIndex={-1}
          className="gutter border-b border-hair bg-danger-wash py-2.5 text-[14px] text-danger"
        >
          {state.sentence}
        </p>
      )}
      {cards.map((card, index) => (
        <ComposerFile
          key={card.key}
          card={card}
          index={index}
          isOnly={cards.length === 1}
          faults={faults}
          focus={focus}
          isAdded={card.key === added}
          onRemove={() => changeCards(cards.filter((other) => other.key !== card.key))}
        />
      ))}
      <div className="gutter flex flex-wrap items-center gap-x-1 gap-y-1 border-b border-hair py-1.5 md:border-b-0">
        {cards.length < setup.maxFiles ? (
          <Button
            type="submit"
            name="intent"
            value="add"
            variant="quiet"
            size="sm"
            className="-ml-2"
            onClick={(event) => {
              event.preventDefault();
              const card = toCard(EMPTY_FILE);
              changeCards([...cards, card]);
              setAdded(card.key);
            }}
          >
            <span aria-hidden="true">+</span> {t('addFile')}
          </Button>
        ) : null}
        <UploadButton fault={faults.uploads} onOpen={open} />
        <FieldError id="uploads-error">{faults.uploads}</FieldError>
      </div>
      <ComposerBar
        draft={draft}
        lifetimes={setup.lifetimes}
        isEdit={etag !== null}
        isBusy={saving.isBusy}
        cancelHref={cancelHref}
        faults={faults}
        focus={focus}
      />
    </form>
  );
}

function isBlank(form: HTMLFormElement | null, cards: readonly FileCard[]): boolean {
  if (!form || cards.length !== 1) return false;
  const typed = new FormData(form);
  return typed.get('files.0.name') === '' && typed.get('files.0.content') === '';
}
