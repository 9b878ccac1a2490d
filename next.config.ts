import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts');

const config: NextConfig = {
  poweredByHeader: false,
  compress: true,
  images: { unoptimized: true },
  // `npm test` type-checks on its own, with the same tsconfig.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // The text limit is 4 MiB; form encoding adds its share.
    serverActions: { bodySizeLimit: '6mb' },
  },
};

export default withNextIntl(config);
