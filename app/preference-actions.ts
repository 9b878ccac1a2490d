'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { isTheme, THEME_COOKIE } from '@/components/layout/theme';
import { env } from '@/lib/env';
import { isLocale, LOCALE_COOKIE } from '@/lib/i18n/locale';
import { PAGE_PATH_HEADER } from '@/lib/page-path';

const YEAR = 365 * 86_400;

export async function chooseThemeAction(form: FormData): Promise<void> {
  const theme = form.get('theme');
  if (isTheme(theme)) await remember(THEME_COOKIE, theme);
  await showPageAgain();
}

export async function chooseLocaleAction(form: FormData): Promise<void> {
  const locale = form.get('locale');
  if (isLocale(locale)) await remember(LOCALE_COOKIE, locale);
  await showPageAgain();
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
