'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { callerOfAction } from '@/components/actions/action-caller';
import { currentSession } from '@/components/request/current-user';
import { PAGE_PATH_HEADER } from '@/components/request/page-path';
import { updateProfile } from '@/lib/accounts/update-profile';
import { env } from '@/lib/core/env';
import { isLocale, LOCALE_COOKIE, type Locale } from '@/lib/core/i18n/locale';
import { logger } from '@/lib/core/logger';
import { isTheme, THEME_COOKIE } from './theme';

const YEAR = 365 * 86_400;

export async function chooseThemeAction(form: FormData): Promise<void> {
  await callerOfAction(form);
  const theme = form.get('theme');
  if (isTheme(theme)) await remember(THEME_COOKIE, theme);
  await showPageAgain();
}

export async function chooseLocaleAction(form: FormData): Promise<void> {
  await callerOfAction(form);
  const locale = form.get('locale');
  if (isLocale(locale)) {
    await remember(LOCALE_COOKIE, locale);
    await storeLocale(locale).catch((error: unknown) => {
      logger().warn({ err: error }, 'the language of mail is left as it was');
    });
  }
  await showPageAgain();
}

/** A member's mail comes in the language they read here. */
async function storeLocale(locale: Locale): Promise<void> {
  const session = await currentSession();
  if (session && session.user.locale !== locale) await updateProfile(session.user.id, { locale });
}

async function remember(name: string, value: string): Promise<void> {
  const secure = env().APP_URL.startsWith('https:');
  (await cookies()).set(name, value, { path: '/', maxAge: YEAR, sameSite: 'lax', httpOnly: true, secure });
}

/** With JavaScript the page is redrawn in place, and keeps what was typed. */
async function showPageAgain(): Promise<void> {
  const request = await headers();
  if (request.has('next-action')) return;
  redirect(request.get(PAGE_PATH_HEADER) ?? '/');
}
