import type { IncomingMessage } from 'node:http';
import { parse } from 'hono/utils/cookie';
import { UPLOAD_HEADER } from '@/components/composer/upload-header';
import { readWrapChoice, WRAP_COOKIE, type WrapChoice } from '@/components/reading/wrap-choice';
import { type FormRefusal, parseRefusal } from '@/lib/api/form-refusal';
import { slugOfLink } from '@/lib/api/terminal-path';
import { ACTION_HEADER, RSC_HEADER } from '@/lib/core/http/next-headers';
import { LOCALE_COOKIE, type Locale, localeFor } from '@/lib/core/i18n/locale';
import { isTheme, THEME_COOKIE, type Theme } from '@/lib/core/theme';
import { REVEALED_COOKIE } from '@/lib/pastes/reader-cookie';
import { type RememberedViews, readViews, VIEWS_COOKIE } from '@/lib/text/rendering/remembered-views';

/** A request for the page of a paste. */
export interface ReadingRequest {
  method: 'GET' | 'HEAD';
  slug: string;
  /** Path and query, as a browser writes them. */
  path: string;
  /** `?view=`, if it is given once. */
  view: string | undefined;
  /** Why a form of the page was refused, if it was. */
  refusal: FormRefusal | null;
  cookies: Partial<Record<string, string>>;
  locale: Locale;
  theme: Theme;
  wrap: WrapChoice;
  views: RememberedViews;
}

const NEXT_HEADERS = [RSC_HEADER, ACTION_HEADER, UPLOAD_HEADER];
/** Of pages that only Next renders: after a save, by a personal link, with the edit key, for data instead of HTML. */
const NEXT_PARAMETERS = ['saved', 'share', 'confirm', 'key', '_rsc'];

/** Null for a request that is not for the page of a paste, or that only Next answers. */
export function readingRequest({ method, url = '/', headers }: IncomingMessage): ReadingRequest | null {
  if (method !== 'GET' && method !== 'HEAD') return null;
  const queryAt = url.indexOf('?');
  const pathname = queryAt < 0 ? url : url.slice(0, queryAt);
  const slug = slugOfLink(pathname);
  if (slug === null || pathname.length !== slug.length + 1) return null;
  if (NEXT_HEADERS.some((name) => headers[name] !== undefined)) return null;
  const asked = queryAt < 0 ? null : readQuery(url);
  if (NEXT_PARAMETERS.some((name) => asked?.parameters.has(name))) return null;
  const views = asked?.parameters.getAll('view') ?? [];
  const refusals = asked?.parameters.getAll('refused') ?? [];
  const cookies = parse(headers.cookie ?? '');
  if (cookies[REVEALED_COOKIE] !== undefined) return null;
  const theme = cookies[THEME_COOKIE];
  return {
    method,
    slug,
    path: asked?.path ?? pathname,
    view: views.length === 1 ? views[0] : undefined,
    refusal: refusals.length === 1 ? parseRefusal(refusals[0]) : null,
    cookies,
    locale: localeFor(cookies[LOCALE_COOKIE], headers['accept-language']),
    theme: isTheme(theme) ? theme : 'system',
    wrap: readWrapChoice(cookies[WRAP_COOKIE]),
    views: readViews(cookies[VIEWS_COOKIE]),
  };
}

function readQuery(url: string): { path: string; parameters: URLSearchParams } {
  const { pathname, search, searchParams } = new URL(url, 'http://origin.invalid');
  return { path: pathname + search, parameters: searchParams };
}
