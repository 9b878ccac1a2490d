import type { MetadataRoute } from 'next';
import { now } from '@/lib/core/clock';
import { env } from '@/lib/core/env';
import { pasteUrl } from '@/lib/pastes/dto';
import { listPublicPastes } from '@/lib/pastes/list-queries';

const PASTES_MAX = 5_000;

// Dynamic, so that deleted and expired pastes disappear from here too.
export const dynamic = 'force-dynamic';

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const { items } = await listPublicPastes({ limit: PASTES_MAX }, now());
  const pages = ['', '/explore'].map((path) => ({ url: `${env().APP_URL}${path}` }));
  return [
    ...pages,
    ...items.map(({ slug, updatedAt }) => ({ url: pasteUrl(slug), lastModified: updatedAt })),
  ];
}
