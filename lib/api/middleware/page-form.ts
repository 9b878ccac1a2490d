import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { toAppError } from '../../core/app-error';
import { FOREIGN_FORM, isForeignForm } from '../../core/http/foreign-form';
import { LOCALE_COOKIE, localeFor } from '../../core/i18n/locale';
import { translatorIn } from '../../core/i18n/translator';
import type { ApiContext, ApiEnv } from '../context';

/** Translates to the language of the page that sent the request. */
export function translatorOf(c: ApiContext) {
  return translatorIn(localeFor(getCookie(c, LOCALE_COOKIE), c.req.header('accept-language')));
}

/** For the forms of pages: rejects what another site posts, and tells a browser of a failure in words. */
export const pageForm: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if (isForeignForm(c.req.raw.headers)) return c.text(FOREIGN_FORM, 403);
  await next();
  const { status } = c.res;
  if (c.error === undefined || status < 500) return;
  const isOutage = toAppError(c.error).code === 'database_unavailable';
  c.res = new Response(translatorOf(c)(isOutage ? 'unavailable.database' : 'unavailable.internal'), c.res);
  c.res.headers.set('Content-Type', 'text/plain; charset=UTF-8');
};
