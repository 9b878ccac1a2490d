'use client';

import dynamic from 'next/dynamic';
import { useState, useSyncExternalStore } from 'react';
import { findLinkKey } from '@/components/secret/link-key';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { CopyField } from '../copy-field';
import { ShareButton } from './share-button';

const QrCode = dynamic(() => import('./qr-code').then((module) => module.QrCode), { ssr: false });
const never = () => () => {};

export interface SecretLinkProps {
  slug: string;
  /** Without the key. */
  url: string;
  words: {
    link: string;
    copy: { label: string; copied: string; failed: string };
    explain: string;
    missing: string;
    showQr: string;
    qrAlt: string;
    share: string;
  };
}

/** The whole link of a secret paste. Only the browser knows its key. */
export function SecretLink({ slug, url, words }: SecretLinkProps) {
  const [showsQr, setShowsQr] = useState(false);
  const key = useSyncExternalStore(
    never,
    () => {
      const found = findLinkKey(slug);
      return 'key' in found ? found.key : '';
    },
    () => null,
  );
  if (key === null) return <div className="h-10 rounded-md border border-edge bg-raised" />;
  if (key === '') return <p className="text-sm">{words.missing}</p>;
  const link = `${url}#${key}`;
  return (
    <>
      <CopyField
        id="saved-link"
        label={words.link}
        value={link}
        button={words.copy}
        hint={words.explain}
        isFirst
      />
      <div className="-ml-2 mt-1 flex flex-wrap items-start gap-x-1">
        <details onToggle={({ currentTarget }) => setShowsQr(currentTarget.open)}>
          <summary className={cn(buttonVariants({ variant: 'quiet', size: 'sm' }), 'list-none')}>
            {words.showQr}
          </summary>
          <div className="min-h-[184px] px-2 pt-2 pb-1">
            {showsQr ? <QrCode text={link} label={words.qrAlt} /> : null}
          </div>
        </details>
        <ShareButton url={link} label={words.share} />
      </div>
    </>
  );
}
