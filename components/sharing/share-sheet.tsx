'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { RecipientField } from './recipient-field';
import { SheetShareList } from './sheet-share-list';
import { useShareSheet } from './use-share-sheet';

interface ShareSheetProps {
  slug: string;
  url: string;
  max: number;
  onClosed: () => void;
  children: ReactNode;
}

/** Whom a paste is shared with: at the side of a wide window, at the foot of a narrow one. */
export default function ShareSheet({ slug, url, max, onClosed, children }: ShareSheetProps) {
  const t = useTranslations('shareSheet');
  const sharing = useTranslations('sharing');
  const saved = useTranslations('saved');
  const dialog = useRef<HTMLDialogElement>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [notify, setNotify] = useState(true);
  const [tellTitle, setTellTitle] = useState(false);
  const sheet = useShareSheet({ slug, max });

  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector('input')?.focus();
  }, []);

  function keepOn() {
    setIsAsking(false);
    dialog.current?.querySelector('input')?.focus();
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
      // Browsers close a dialog at the second Escape, whatever the page does about `cancel`.
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        if (isAsking) keepOn();
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
              <Button autoFocus onClick={keepOn}>
                {t('keepOn')}
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
          <RecipientField slug={slug} sheet={sheet} />
          <Check label={sharing('notify')} isChecked={notify} onChange={setNotify} />
          {notify ? (
            <Check label={sharing('tellTitle')} isChecked={tellTitle} onChange={setTellTitle} />
          ) : null}
          <p className="text-xs text-muted">{sharing('seen')}</p>
          <Button type="submit" variant="primary" size="lg" aria-busy={sheet.isBusy} className="self-start">
            {sharing('submit')}
          </Button>
        </form>
        <p role="status" className="text-sm text-accent not-empty:mt-3">
          {sheet.said}
        </p>
        <SheetShareList sheet={sheet} />
        <section aria-labelledby="share-sheet-link" className="mt-auto pt-6">
          <h3 id="share-sheet-link" className="mb-1 text-sm font-medium">
            {t('link')}
          </h3>
          <p className="mb-2 font-mono text-xs [overflow-wrap:anywhere]">{url}</p>
          <div className="flex flex-wrap gap-1.5">
            {children}
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

interface CheckProps {
  label: string;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
}

function Check({ label, isChecked, onChange }: CheckProps) {
  return (
    <label className="flex items-center gap-2.5 text-sm touch:min-h-11">
      <input
        type="checkbox"
        checked={isChecked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        className="size-4 shrink-0 accent-accent"
      />
      {label}
    </label>
  );
}
