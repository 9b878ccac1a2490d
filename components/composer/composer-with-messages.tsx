import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import { env } from '@/lib/core/env';
import { LIFETIMES } from '@/lib/core/lifetime';
import { MAX_FILES, MAX_TEXT_BYTES } from '@/lib/pastes/schema';
import { Composer } from './composer';
import type { ComposerProps } from './use-composer';

/** The composer with the messages that it needs in the browser, and no others. */
export async function ComposerWithMessages(props: Omit<ComposerProps, 'setup'>) {
  const setup = {
    lifetimes: LIFETIMES,
    maxFiles: MAX_FILES,
    maxBytes: MAX_TEXT_BYTES,
    linkStart: `${new URL(env().APP_URL).host}/`,
  };
  const { composer, credentials, drafts, lifetimes, visibilities, errors } = await getMessages();
  const { binary_file, files_too_many, text_too_large } = errors;
  const messages = {
    composer,
    credentials,
    drafts,
    lifetimes,
    visibilities,
    errors: { binary_file, files_too_many, text_too_large },
  };
  return (
    <NextIntlClientProvider messages={messages}>
      <Composer setup={setup} {...props} />
    </NextIntlClientProvider>
  );
}
