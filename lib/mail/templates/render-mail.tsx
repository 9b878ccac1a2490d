import 'server-only';
import { render } from '@react-email/components';
import { DEFAULT_LOCALE, isLocale } from '@/lib/core/i18n/locale';
import type { MailContent } from './content';
import { writeLetter } from './letter';
import { LetterMail } from './letter-mail';

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

// By default it draws a line of forty dashes.
const PLAIN_TEXT = { selectors: [{ selector: 'hr', format: 'skip' }] };

/** The finished mail in that language, or in the default one where the language is unknown. */
export async function renderMail(content: MailContent, locale: string): Promise<RenderedMail> {
  const letter = writeLetter(content, isLocale(locale) ? locale : DEFAULT_LOCALE);
  const page = <LetterMail letter={letter} />;
  return {
    subject: letter.subject,
    html: await render(page),
    text: (await render(page, { plainText: true, htmlToTextOptions: PLAIN_TEXT })).replace(/\n{3,}/g, '\n\n'),
  };
}
