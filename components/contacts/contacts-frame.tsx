import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';

interface ContactsFrameProps {
  heading: string;
  /** As wide as the list, for pages with a table. */
  isWide?: boolean;
  children: ReactNode;
}

/** The frame of every page below the list, with a link back to it. */
export async function ContactsFrame({ heading, isWide = false, children }: ContactsFrameProps) {
  const t = await getTranslations('contacts');
  return (
    <PageMain width={isWide ? 'wide' : 'column'}>
      <a href="/contacts" className="tap text-sm text-muted hover:text-ink touch:-mt-3">
        <span aria-hidden="true">←&nbsp;</span>
        {t('heading')}
      </a>
      <PageHeading className="mt-1">
        <bdi>{heading}</bdi>
      </PageHeading>
      {children}
    </PageMain>
  );
}
