import type { MetadataRoute } from 'next';

/** Pages that are not public say so themselves, by `X-Robots-Tag`: to heed it a robot must fetch them. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: '*',
      allow: '/',
      disallow: ['/api/', '/documents', '/raw/', '/*/raw', '/*/download', '/*/edit'],
    },
  };
}
