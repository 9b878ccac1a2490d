import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./components/request/i18n.ts');

const config: NextConfig = {
  poweredByHeader: false,
  compress: true,
  images: { unoptimized: true },
  // Mail is rendered by React's ordinary renderer, which may not be imported in the layer of pages: these are
  // loaded by Node as they are.
  serverExternalPackages: ['@react-email/components', 'nodemailer', 'resend'],
  // Files need no more than this; pages get theirs from proxy.ts, data from lib/api.
  headers: async () =>
    ['/_next/static/:path*', '/:file(.+\\.(?:png|svg|ico|txt|webmanifest))'].map((source) => ({
      source,
      headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }],
    })),
  // `npm test` type-checks on its own, with the same tsconfig.
  typescript: { ignoreBuildErrors: true },
  // For the few files that Next makes; pages are rendered for each request.
  cacheMaxMemorySize: 1024 * 1024,
  experimental: {
    // Most instances use some of the pages; each is loaded with its first request.
    preloadEntriesOnStart: false,
    // A paste may be posted to `/`, behind the proxy. More than the API takes, which so learns of what is too
    // large: a body over this limit is cut without an error.
    proxyClientMaxBodySize: '26mb',
    // The text limit is 4 MiB; form encoding adds its share.
    serverActions: { bodySizeLimit: '6mb' },
  },
};

export default withNextIntl(config);
