import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { shownUser } from '@/components/layout/account-menu';
import { shownSession } from '@/components/layout/shown-session';
import { SiteAids } from '@/components/layout/site-aids';
import { SiteFooter } from '@/components/layout/site-footer';
import { SiteHeader } from '@/components/layout/site-header';
import { APPLE_ICON, ICON } from '@/components/layout/site-icons';
import { shownUnopened } from '@/components/layout/unopened-shares';
import { PaletteAid } from '@/components/palette/palette-aid';
import { currentPath } from '@/components/request/current-path';
import { readSettings } from '@/components/request/current-settings';
import { pageNonce } from '@/components/request/page-nonce';
import { getPageText } from '@/components/request/page-text';
import { shareOpenedAt } from '@/components/sharing/record-opened-page';
import { PALETTE } from '@/components/ui/palette';
import { accentStyle } from '@/lib/core/accent';
import { env } from '@/lib/core/env';
import { setting } from '@/lib/core/settings/stored-settings';
import { isTheme, THEME_COOKIE, type Theme } from '@/lib/core/theme';

export async function generateMetadata(): Promise<Metadata> {
  await readSettings();
  const t = await getTranslations('site');
  const name = setting('instance_name');
  return {
    metadataBase: new URL(env().APP_URL),
    title: { default: name, template: `%s · ${name}` },
    description: t('description'),
    referrer: 'same-origin',
    icons: { icon: ICON, apple: APPLE_ICON },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export async function generateViewport(): Promise<Viewport> {
  const theme = await chosenTheme();
  const bySystem = (['light', 'dark'] as const).map((scheme) => ({
    media: `(prefers-color-scheme: ${scheme})`,
    color: PALETTE[scheme].paper,
  }));
  return {
    width: 'device-width',
    initialScale: 1,
    viewportFit: 'cover',
    // An on-screen keyboard shrinks the page, so that the composer's bar stays above it.
    interactiveWidget: 'resizes-content',
    themeColor: theme === 'system' ? bySystem : PALETTE[theme].paper,
  };
}

async function chosenTheme(): Promise<Theme> {
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(chosen) ? chosen : 'system';
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await chosenTheme();
  const text = await getPageText();
  const session = await shownSession();
  const path = await currentPath();
  await readSettings();
  const accent = setting('accent');
  return (
    <html lang={text.locale} data-theme={theme}>
      {accent === null ? null : (
        <head>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made of checked colours */}
          <style nonce={await pageNonce()} dangerouslySetInnerHTML={{ __html: accentStyle(accent) }} />
        </head>
      )}
      <body>
        <SiteHeader
          theme={theme}
          path={path}
          user={session && shownUser(session.user)}
          unopened={session ? await shownUnopened(session.user.email, await shareOpenedAt(path)) : 0}
          text={text}
        />
        {children}
        <SiteFooter text={text} />
        <SiteAids />
        <PaletteAid />
      </body>
    </html>
  );
}
