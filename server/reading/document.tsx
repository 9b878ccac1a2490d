import type { ReactNode } from 'react';
import type { ShownUser } from '@/components/layout/account-menu';
import { SiteFooter } from '@/components/layout/site-footer';
import { SiteHeader } from '@/components/layout/site-header';
import { APPLE_ICON, ICON } from '@/components/layout/site-icons';
import { PALETTE } from '@/components/ui/palette';
import type { PageText } from '@/lib/core/i18n/page-text';
import type { Theme } from '@/lib/core/theme';
import type { PageAssets } from './assets';

interface DocumentProps {
  assets: PageAssets;
  theme: Theme;
  /** Path and query of the page. */
  path: string;
  user: ShownUser | null;
  unopened: number;
  text: PageText;
  title: string;
  description: string;
  /** The rest of the head. */
  head: ReactNode;
  children: ReactNode;
}

/** A whole page, as app/layout.tsx makes it; a test holds the two together. */
export function PageDocument({
  assets,
  theme,
  path,
  user,
  unopened,
  text,
  title,
  description,
  ...rest
}: DocumentProps) {
  return (
    <html lang={text.locale} data-theme={theme}>
      {/* biome-ignore lint/style/noHeadElement: Next does not render this page */}
      <head>
        <meta charSet="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by the build */}
        <style dangerouslySetInnerHTML={{ __html: assets.style }} />
        {assets.accentStyle === null ? null : (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: made of checked colours
          <style dangerouslySetInnerHTML={{ __html: assets.accentStyle }} />
        )}
        <script src={assets.script} defer />
        <ThemeColor theme={theme} />
        <title>{title}</title>
        <meta name="description" content={description} />
        <link rel="manifest" href="/manifest.webmanifest" />
        <meta name="referrer" content="same-origin" />
        <meta name="format-detection" content="telephone=no, address=no, email=no" />
        {rest.head}
        <link rel="icon" href={ICON.url} sizes={ICON.sizes} type={ICON.type} />
        <link rel="apple-touch-icon" href={APPLE_ICON.url} sizes={APPLE_ICON.sizes} type={APPLE_ICON.type} />
      </head>
      <body>
        <SiteHeader theme={theme} path={path} user={user} unopened={unopened} text={text} />
        {rest.children}
        <SiteFooter text={text} />
      </body>
    </html>
  );
}

function ThemeColor({ theme }: { theme: Theme }) {
  if (theme !== 'system') return <meta name="theme-color" content={PALETTE[theme].paper} />;
  return (['light', 'dark'] as const).map((scheme) => (
    <meta
      key={scheme}
      name="theme-color"
      content={PALETTE[scheme].paper}
      media={`(prefers-color-scheme: ${scheme})`}
    />
  ));
}
