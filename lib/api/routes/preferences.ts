import { getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import { readSessionCookie } from '../../accounts/sessions/session-cookie';
import { updateProfile } from '../../accounts/update-profile';
import { cookieOptions, sessionCookieName } from '../../core/http/cookie';
import { isLocale, LOCALE_COOKIE, type Locale } from '../../core/i18n/locale';
import { logger } from '../../core/logger';
import { safeNextPath } from '../../core/next-path';
import { isTheme, THEME_COOKIE } from '../../core/theme';
import { VIEWS_COOKIE, withView } from '../../text/rendering/remembered-views';
import { readFields } from '../body';
import type { ApiApp, ApiContext } from '../context';
import { pageForm } from '../middleware/page-form';

const YEAR = 365 * 86_400;
/** The return path may be as long as the address of a page, percent-encoded once more. */
const MAX_FORM_BYTES = 64 * 1024;

/** The forms of the pages that choose a theme, a language or a view; they work without JavaScript. */
export function addPreferenceRoutes(app: ApiApp): void {
  app.post('/preferences', pageForm, choosePreference);
}

/** Remembers the choice in a cookie and returns to the page. An unknown value changes nothing. */
async function choosePreference(c: ApiContext): Promise<Response> {
  const form = await readFields(c, MAX_FORM_BYTES);
  const [theme, locale] = [form.get('theme'), form.get('locale')];
  if (isTheme(theme)) remember(c, THEME_COOKIE, theme);
  if (isLocale(locale)) {
    remember(c, LOCALE_COOKIE, locale);
    await storeLocale(c, locale).catch((error: unknown) => {
      logger().warn({ err: error }, 'the language of mail is left as it was');
    });
  }
  const views = withView(getCookie(c, VIEWS_COOKIE), form.get('view') ?? '');
  // Scripts read and change it.
  if (views !== null) remember(c, VIEWS_COOKIE, views, { httpOnly: false });
  return c.redirect(safeNextPath(form.get('next'), '/'), 303);
}

function remember(c: ApiContext, name: string, value: string, options: CookieOptions = {}): void {
  setCookie(c, name, value, { ...cookieOptions(), maxAge: YEAR, ...options });
}

/** Mail to members comes in the language that they read here. */
async function storeLocale(c: ApiContext, locale: Locale): Promise<void> {
  const session = await readSessionCookie(getCookie(c, sessionCookieName()));
  if (session && session.user.locale !== locale) await updateProfile(session.user.id, { locale });
}
