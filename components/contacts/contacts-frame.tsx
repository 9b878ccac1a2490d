import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';

/** The frame of every page below the list, with a link back to it. */
export async function ContactsFrame({ heading, children }: { heading: string; children: ReactNode }) {
  const t = await getTranslations('contacts');
  return (
    <main id="main" className="gutter grow pt-8 pb-10">
      <div className="mx-auto w-full max-w-[640px]">
        <a href="/contacts" className="text-[14px] text-muted hover:text-ink">
          <span aria-hidden="true">← </span>
          {t('heading')}
        </a>
        <h1 className="mt-1 text-[26px] leading-tight font-[620] tracking-[-0.015em] [overflow-wrap:anywhere]">
          <bdi>{heading}</bdi>
        </h1>
        {children}
      </div>
    </main>
  );
}
