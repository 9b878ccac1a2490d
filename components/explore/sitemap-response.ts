import 'server-only';
import { toAppError } from '@/lib/core/app-error';
import { now } from '@/lib/core/clock';
import { env } from '@/lib/core/env';
import { commonHeaders, DATA_POLICY } from '@/lib/core/http/security-headers';
import { refreshSettings } from '@/lib/core/settings/stored-settings';
import { pasteUrl } from '@/lib/pastes/dto';
import { decideBrowse } from '@/lib/pastes/policy';
import { listSitemapDays, listSitemapPastes } from '@/lib/pastes/sitemap';

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';
/** The part for the pages that are no pastes; the other parts are days. */
const PAGES = 'pages';

/** The sitemap index: a part for the pages, and one for each day on which public pastes were created. */
export function respondWithSitemapIndex(): Promise<Response> {
  return respond(async () => {
    const parts = [PAGES, ...(hasLists() ? await listSitemapDays() : [])];
    return wrap(
      'sitemapindex',
      'sitemap',
      parts.map((part) => locate(`/sitemap/${part}.xml`)),
    );
  });
}

/** One part, by its file name: `pages.xml` or `2026-11-29.xml`; 404 for others. */
export function respondWithSitemapPart(file: string): Promise<Response> {
  return respond(async () => {
    const [, part] = /^([\w-]{1,10})\.xml$/.exec(file) ?? [];
    if (part === undefined) return null;
    if (part === PAGES) return wrap('urlset', 'url', ['', ...(hasLists() ? ['/explore'] : [])].map(locate));
    if (!hasLists()) return null;
    const pastes = await listSitemapPastes(part, now());
    if (pastes === null) return null;
    const entries = pastes.map(
      ({ slug, updatedAt }) => `<loc>${pasteUrl(slug)}</loc><lastmod>${updatedAt.toISOString()}</lastmod>`,
    );
    return wrap('urlset', 'url', entries);
  });
}

/** Whether a robot may see lists of pastes. */
function hasLists(): boolean {
  return decideBrowse(null) === 'allowed';
}

/** An origin and a path need no escapes in XML. */
function locate(path: string): string {
  return `<loc>${env().APP_URL}${path}</loc>`;
}

function wrap(root: string, element: string, entries: readonly string[]): string {
  const lines = entries.map((entry) => `<${element}>${entry}</${element}>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">\n${lines.join('')}</${root}>\n`;
}

async function respond(makeXml: () => Promise<string | null>): Promise<Response> {
  // Deleted and expired pastes disappear from here too.
  const headers = new Headers({
    ...commonHeaders(),
    'Content-Security-Policy': DATA_POLICY,
    'Cache-Control': 'no-store',
  });
  try {
    await refreshSettings();
    const xml = await makeXml();
    if (xml === null) return new Response(null, { status: 404, headers });
    headers.set('Content-Type', 'application/xml');
    return new Response(xml, { headers });
  } catch (error) {
    const { status, retryAfter } = toAppError(error);
    if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter));
    return new Response(null, { status, headers });
  }
}
