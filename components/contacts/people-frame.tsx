import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';

/** A page beside the list, with the way back to it. */
export async function PeopleFrame({ heading, children }: { heading: string; children: ReactNode }) {
  const t = await getTranslations('people');
  return (
    <main id="main" className="gutter grow pt-8 pb-10">
      <div className="mx-auto w-full max-w-[640px]">
        <a href="/people" className="text-[14px] text-muted hover:text-ink">
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
