import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import { MIN_PASSWORD_LENGTH } from '@/lib/accounts/passwords/schema';
import { env } from '@/lib/core/env';
import { maxPasteBytes, offeredLifetimes, offersPublic } from '@/lib/core/instance-rules';
import { MAX_FILES, MAX_NAME_LENGTH, MAX_TITLE_LENGTH } from '@/lib/pastes/schema';
import { Composer } from './composer';
import type { SecretSource } from './open-secret';
import { SecretComposer } from './secret-composer';
import type { ComposerProps } from './use-composer';

/** Which faults are found in the browser. */
const ERRORS = [
  'binary_file',
  'control_characters',
  'expiry_not_a_time',
  'files_too_many',
  'name_has_path',
  'name_too_long',
  'not_unicode',
  'text_empty',
  'text_too_large',
  'title_too_long',
] as const;

type ComposerWithMessagesProps = Omit<ComposerProps, 'setup' | 'secret'> & {
  /** The secret paste that the composer begins with. */
  source?: SecretSource | undefined;
};

/** The composer with the messages that it needs in the browser, and no others. */
export async function ComposerWithMessages({ source, ...props }: ComposerWithMessagesProps) {
  const setup = {
    lifetimes: offeredLifetimes(props.isMember),
    offersPublic: offersPublic(props.isMember),
    maxFiles: MAX_FILES,
    maxBytes: maxPasteBytes(props.isMember),
    maxTitle: MAX_TITLE_LENGTH,
    maxName: MAX_NAME_LENGTH,
    minPassword: MIN_PASSWORD_LENGTH,
    linkStart: `${new URL(env().APP_URL).host}/`,
    worksOffline: env().SERVICE_WORKER,
  };
  const { composer, credentials, drafts, lifetimes, visibilities, auth, errors, secretPage } =
    await getMessages();
  const messages = {
    composer,
    credentials,
    drafts,
    lifetimes,
    visibilities,
    auth: { password: auth.password },
    ...(source ? { secretPage: { faults: secretPage.faults } } : {}),
    errors: Object.fromEntries(ERRORS.map((name) => [name, errors[name]])),
  };
  return (
    <NextIntlClientProvider messages={messages}>
      {source ? (
        <SecretComposer setup={setup} source={source} {...props} />
      ) : (
        <Composer setup={setup} {...props} />
      )}
    </NextIntlClientProvider>
  );
}
