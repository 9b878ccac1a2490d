'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { buttonVariants } from '@/components/ui/button-variants';
import { CheckField } from '@/components/ui/check-field';
import { CopyButton } from '@/components/ui/copy-button';
import type { SheetSetup } from './load-sheet';
import { RecipientField } from './recipient-field';
import { SheetShareList } from './sheet-share-list';
import { useShareSheet } from './use-share-sheet';

interface ShareSheetProps {
  /** The path of the page of sharing, below which the sheet asks for what it needs. */
  page: string;
  setup: SheetSetup;
  onClosed: () => void;
}

/** Whom a paste is shared with: at the side of a wide window, at the foot of a narrow one. */
export function ShareSheet({ page, setup, onClosed }: ShareSheetProps) {
  const { url } = setup;
  const t = useTranslations('shareSheet');
  const sharing = useTranslations('sharing');
  const saved = useTranslations('saved');
  const reading = useTranslations('reading');
  const dialog = useRef<HTMLDialogElement>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [notify, setNotify] = useState(true);
  const [tellTitle, setTellTitle] = useState(false);
  const sheet = useShareSheet(page, setup);

  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector('input')?.focus();
  }, []);

  function focusField() {
    dialog.current?.querySelector('input')?.focus();
  }

  function keepOpen() {
    setIsAsking(false);
    focusField();
  }

  function leave() {
    if (sheet.hasUnsent) setIsAsking(true);
    else dialog.current?.close();
  }

  return (
    <dialog
      ref={dialog}
      aria-labelledby="share-sheet-heading"
      className="side-sheet border-edge bg-paper text-ink"
      onClose={onClosed}
      onCancel={(event) => {
        event.preventDefault();
        leave();
      }}
      // Browsers close a dialog at the second Escape, also if the page prevents `cancel`.
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        if (isAsking) keepOpen();
        else leave();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) leave();
      }}
    >
      <div className="flex min-h-full flex-col p-6 max-sm:p-4">
        <div className="flex items-center justify-between gap-3">
          <h2 id="share-sheet-heading" className="text-lg font-[620]">
            {t('heading')}
          </h2>
          <Button variant="quiet" className="-mr-3" onClick={leave}>
            {t('close')}
          </Button>
        </div>
        {isAsking ? (
          <div role="alertdialog" aria-label={t('discardAsk')} className="mt-3 rounded-md bg-wash p-4">
            <p className="text-sm">{t('discardAsk')}</p>
            <div className="mt-3 flex flex-wrap gap-2">
              <Button autoFocus onClick={keepOpen}>
                {t('keepOpen')}
              </Button>
              <Button variant="danger" onClick={() => dialog.current?.close()}>
                {t('discard')}
              </Button>
            </div>
          </div>
        ) : null}
        <form
          noValidate
          aria-label={t('people')}
          className="mt-4 flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            sheet.send({ notify, tellTitle });
          }}
        >
          <RecipientField page={page} sheet={sheet} />
          <CheckField
            name="notify"
            label={sharing('notify')}
            checked={notify}
            onChange={({ currentTarget }) => setNotify(currentTarget.checked)}
          />
          {notify ? (
            <CheckField
              name="tell_title"
              label={sharing('tellTitle')}
              checked={tellTitle}
              onChange={({ currentTarget }) => setTellTitle(currentTarget.checked)}
            />
          ) : null}
          <p className="text-xs text-muted">{sharing('seen')}</p>
          <Button type="submit" variant="primary" size="lg" aria-busy={sheet.isBusy} className="self-start">
            {sharing('submit')}
          </Button>
        </form>
        <p role="status" className="text-sm text-accent not-empty:mt-3">
          {sheet.said}
        </p>
        <SheetShareList sheet={sheet} onEmptied={focusField} />
        <section aria-labelledby="share-sheet-link" className="mt-auto pt-6">
          <h3 id="share-sheet-link" className="mb-1 text-sm font-medium">
            {t('link')}
          </h3>
          <p className="mb-2 font-mono text-xs [overflow-wrap:anywhere]">{url}</p>
          <div className="flex flex-wrap gap-1.5">
            <CopyButton
              label={saved('copyLink')}
              copied={reading('copied')}
              failed={reading('notCopied')}
              text={url}
              className={buttonVariants()}
            />
            {'share' in navigator ? (
              // Closing the share sheet of the system also rejects.
              <Button onClick={() => void navigator.share({ url }).catch(() => {})}>{saved('share')}</Button>
            ) : null}
          </div>
        </section>
      </div>
    </dialog>
  );
}
