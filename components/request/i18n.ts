import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { LOCALE_COOKIE, localeFor } from '@/lib/core/i18n/locale';
import en from '@/lib/core/i18n/messages/en.json';
import ru from '@/lib/core/i18n/messages/ru.json';

const MESSAGES = { en, ru };

export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = localeFor(chosen, (await headers()).get('accept-language'));
  return { locale, messages: MESSAGES[locale], timeZone: 'UTC' };
});
