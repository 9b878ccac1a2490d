import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { DropQuery } from '@/components/page/drop-query';
import { PageHeading } from '@/components/page/page-heading';
import { PageMain } from '@/components/page/page-main';
import { TabLink } from '@/components/ui/tab-link';

const PAGES = { profile: '', account: '/account', security: '/security', tokens: '/tokens' } as const;

export type SettingsName = keyof typeof PAGES;

/** Values of `?saved=…`: the last action. */
const DONE = [
  'profile',
  'picture',
  'picture-removed',
  'email',
  'password',
  'session',
  'sessions',
  'revoked',
  'verified',
] as const;

export interface SettingsPageProps {
  current: SettingsName;
  /** `saved` in the URL's query. */
  saved: string | string[] | undefined;
  children: ReactNode;
}

export async function settingsMetadata(current: SettingsName): Promise<Metadata> {
  const t = await getTranslations('settings');
  return { title: `${t(`pages.${current}`)} · ${t('heading')}`, robots: { index: false, follow: false } };
}

/** A page of the settings, below the navigation between them. */
export async function SettingsPage({ current, saved, children }: SettingsPageProps) {
  const t = await getTranslations('settings');
  const done = DONE.find((word) => word === saved);
  return (
    <PageMain
      width="wide"
      notice={
        done === undefined ? null : (
          // Focused, so that screen readers announce it first.
          <p
            role="status"
            tabIndex={-1}
            // biome-ignore lint/a11y/noAutofocus: the result of the action that led here is announced first
            autoFocus
            className="gutter border-b border-hair bg-wash py-2.5 text-sm outline-none"
          >
            {t(`done.${done}`)}
            <DropQuery name={done === 'verified' ? done : 'saved'} />
          </p>
        )
      }
    >
      <PageHeading>{t('heading')}</PageHeading>
      <nav aria-label={t('heading')} className="tab-row">
        {Object.entries(PAGES).map(([name, path]) => (
          <TabLink key={name} href={`/settings${path}`} isCurrent={name === current}>
            {t(`pages.${name as SettingsName}`)}
          </TabLink>
        ))}
      </nav>
      {children}
    </PageMain>
  );
}
