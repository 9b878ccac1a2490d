import type { NextConfig } from 'next';
import { PHASE_PRODUCTION_BUILD } from 'next/constants';
import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./components/request/i18n.ts');

/**
 * A build hashes the ids of its server actions with this key (32 bytes), which is not a secret: with a random one,
 * a form that was rendered before an update, or by another build, could not be posted. What Next encrypts while it
 * runs is encrypted with a key from `AUTH_SECRET` instead, see lib/core/startup.ts.
 */
const ACTION_ID_KEY = btoa('sheaf: the ids of server actions');

const config: NextConfig = {
  poweredByHeader: false,
  compress: true,
  images: { unoptimized: true },
  // Mail is rendered by React's ordinary renderer, which may not be imported in the layer of pages: these are
  // loaded by Node as they are.
  serverExternalPackages: ['@react-email/components', 'nodemailer', 'resend'],
  // Files need no more than this; pages get theirs from proxy.ts, data from lib/api.
  headers: async () => [
    ...['/_next/static/:path*', '/:file(.+\\.(?:png|svg|ico|txt|webmanifest|js))'].map((source) => ({
      source,
      headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }],
    })),
    {
      source: '/:file(sw|sw-off).js',
      headers: [
        {
          key: 'Content-Security-Policy',
          // WebKit treats a page's request for a worker, which the service worker passes on, as the service worker's own.
          value: "default-src 'none'; connect-src 'self'; worker-src 'self'",
        },
        { key: 'Cache-Control', value: 'no-cache' },
      ],
    },
  ],
  // `npm test` type-checks on its own, with the same tsconfig.
  typescript: { ignoreBuildErrors: true },
  // For the few files that Next makes; pages are rendered for each request.
  cacheMaxMemorySize: 1024 * 1024,
  // Read when the first terminal asks for it.
  outputFileTracingIncludes: { '/sheaf.mjs': ['./dist/sheaf.mjs'] },
  // A path that is put together while a function runs makes the trace include every file that it might name. These
  // patterns also match inside node_modules, so each names one file or folder of Sheaf.
  outputFileTracingExcludes: {
    '/*': ['./package-lock.json', './docs/secret-pastes/*', './lib/**/test-files/*'],
  },
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

export default function configure(phase: string): NextConfig {
  if (phase === PHASE_PRODUCTION_BUILD) process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= ACTION_ID_KEY;
  return withNextIntl(config);
}
