import { getTranslations } from 'next-intl/server';
import { AuthPage } from '@/components/auth/auth-page';
import { OutboxHint } from '@/components/auth/outbox-hint';
import { SubmitButton } from '@/components/auth/submit-button';
import { shownSession } from '@/components/layout/shown-session';
import { signInHrefFrom } from '@/components/layout/sign-in-href';
import { currentPath } from '@/components/request/current-path';
import { PageForm } from '@/components/ui/page-form';
import { TextField } from '@/components/ui/text-field';
import { textLink } from '@/components/ui/text-link';
import { maskAddress } from '@/lib/sharing/mask-address';
import { CODE_DIGITS } from '@/lib/sharing/schema';
import { confirmCodeAction, requestCodeAction } from './actions';
import type { Invitation } from './invitation';

interface CodePageProps {
  slug: string;
  invitation: Invitation;
}

/** Shown for a personal link in an unknown browser: asks for the code emailed to the address of the link. */
export async function CodePage({ slug, invitation }: CodePageProps) {
  const t = await getTranslations('sharing.code');
  const { email, isCodeSent } = invitation;
  return (
    <AuthPage
      heading={t(isCodeSent ? 'sentHeading' : 'heading')}
      lead={t.rich(isCodeSent ? 'sentLead' : 'lead', {
        address: maskAddress(email),
        strong: (words) => <strong className="font-medium whitespace-nowrap text-ink">{words}</strong>,
      })}
      others={<OtherWay />}
    >
      {isCodeSent ? <CodeForm slug={slug} invitation={invitation} /> : null}
      {isCodeSent ? (
        <h2 className="mt-8 mb-4 border-t border-hair pt-6 font-medium">{t('nothingCame')}</h2>
      ) : null}
      <RequestForm slug={slug} invitation={invitation} />
      <OutboxHint />
    </AuthPage>
  );
}

async function RequestForm({ slug, invitation: { link, isCodeSent } }: CodePageProps) {
  const t = await getTranslations('sharing.code');
  const site = await getTranslations('site');
  return (
    <PageForm
      action={requestCodeAction.bind(null, slug)}
      unreachable={site('unreachable')}
      className="flex flex-col gap-4"
    >
      <input type="hidden" name="share" value={link} />
      <SubmitButton label={t(isCodeSent ? 'another' : 'send')} variant={isCodeSent ? 'plain' : 'primary'} />
    </PageForm>
  );
}

async function CodeForm({ slug, invitation: { link } }: CodePageProps) {
  const t = await getTranslations('sharing.code');
  return (
    <PageForm action={confirmCodeAction.bind(null, slug)} className="flex flex-col gap-4">
      <input type="hidden" name="share" value={link} />
      <TextField
        name="code"
        label={t('label')}
        hint={t('hint', { digits: CODE_DIGITS })}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={20}
        autoFocus
        required
        className="font-mono tracking-[0.2em]"
      />
      <SubmitButton label={t('submit')} />
    </PageForm>
  );
}

/** An account with the address needs no code. */
async function OtherWay() {
  const t = await getTranslations('sharing.code');
  const session = await shownSession();
  if (session) return <p>{t('otherAccount', { username: session.user.username })}</p>;
  return <p>{t.rich('signIn', { link: textLink(signInHrefFrom(await currentPath())) })}</p>;
}
