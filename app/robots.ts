import type { MetadataRoute } from 'next';
import { env } from '@/lib/core/env';

// The address of this site is not known before it runs.
export const dynamic = 'force-dynamic';

/** Pages that are not public say so themselves, by `X-Robots-Tag`: to heed it a robot must fetch them. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: '*',
      allow: '/',
      disallow: [
        '/api/',
        '/documents',
        '/raw/',
        '/*/raw',
        '/*/download',
        '/*/edit',
        '/*/history',
        '/*/report',
      ],
    },
    sitemap: `${env().APP_URL}/sitemap.xml`,
  };
}
