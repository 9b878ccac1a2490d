import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import {
  confirmChangeAction,
  confirmWithNewPasswordAction,
  resendVerificationAction,
  verifyEmailAction,
} from '@/components/auth/actions';
import { AuthPage } from '@/components/auth/auth-page';
import { guardAuthPage } from '@/components/auth/guard-auth-page';
import { LoginLink } from '@/components/auth/login-link';
import { MailRequestForm } from '@/components/auth/mail-request-form';
import { readMailedLink } from '@/components/auth/mailed-link';
import { NewPasswordFields } from '@/components/auth/new-password-fields';
import { hasRegistered, registeredEmail } from '@/components/auth/registration-cookie';
import { TokenForm } from '@/components/auth/token-form';
import { UsernameHint } from '@/components/auth/username-hint';
import { privateMetadata } from '@/components/page/page-metadata';
import type { SearchPageProps } from '@/components/page/page-props';
import { currentSession } from '@/components/request/current-caller';
import { setPageStatus } from '@/components/request/page-response';
import { buttonVariants } from '@/components/ui/button-variants';
import { PasswordField } from '@/components/ui/password-field';

export const generateMetadata = privateMetadata('auth.verify.heading');

export default function VerifyEmailPage({ searchParams }: SearchPageProps) {
  return guardAuthPage(async () => {
    const { token: given, sent, new: isNew } = await searchParams;
    if (given === undefined) return <MailPage isSent={sent !== undefined} />;
    const { state, link, token } = await readMailedLink(given, 'confirm');
    if (state === 'confirmed') return <ConfirmedPage />;
    if (!link) {
      setPageStatus(400);
      return <SpentPage />;
    }
    if (link.purpose === 'change_email') return <ChangePage token={token} {...link} />;
    if (isNew !== undefined) return <NewPasswordPage token={token} {...link} />;
    return <ConfirmPage token={token} {...link} isAsked={!(await hasRegistered(link.userId))} />;
  });
}

interface LinkPageProps {
  token: string;
  email: string;
  username: string;
}

/** Of a new account: only the person who registered it knows its password. @param isAsked whether to ask for it */
async function ConfirmPage({ token, email, username, isAsked }: LinkPageProps & { isAsked: boolean }) {
  const t = await getTranslations('auth');
  return (
    <AuthPage
      heading={t('verify.heading')}
      lead={t.rich(isAsked ? 'verify.whose' : 'verify.own', { email, username, strong: emphasize })}
      others={
        <>
          <p>{t(isAsked ? 'verify.notYou' : 'verify.notRegistered')}</p>
          <p>
            <a href={`/verify-email?${new URLSearchParams({ token, new: '' })}`} className="text-link">
              {t('verify.setNew')}
            </a>
          </p>
        </>
      }
    >
      <TokenForm
        action={verifyEmailAction}
        token={token}
        submit={t('verify.submit')}
        another={await another()}
      >
        {isAsked ? (
          <>
            <UsernameHint username={username} />
            <PasswordField name="password" label={t('password.label')} autoComplete="current-password" />
          </>
        ) : null}
      </TokenForm>
    </AuthPage>
  );
}

/** Of a new account whose password the owner of the address does not know. */
async function NewPasswordPage({ token, email, username }: LinkPageProps) {
  const t = await getTranslations('auth');
  return (
    <AuthPage
      heading={t('verify.newHeading')}
      lead={t.rich('verify.newWhose', { email, username, strong: emphasize })}
      others={
        <p>
          <a href={`/verify-email?${new URLSearchParams({ token })}`} className="text-link">
            {t('verify.knowPassword')}
          </a>
        </p>
      }
    >
      <TokenForm
        action={confirmWithNewPasswordAction}
        token={token}
        submit={t('verify.newSubmit')}
        another={await another()}
      >
        <UsernameHint username={username} />
        <NewPasswordFields label={t('reset.password')} />
      </TokenForm>
    </AuthPage>
  );
}

/** Of an account that changes to this address: the reader of its mail may not be the account's owner. */
async function ChangePage({ token, email, username }: LinkPageProps) {
  const t = await getTranslations('auth');
  return (
    <AuthPage
      heading={t('verify.changeHeading')}
      lead={t.rich('verify.changeWhose', { email, username, strong: emphasize })}
      others={<p>{t('verify.notAsked')}</p>}
    >
      <TokenForm
        action={confirmChangeAction}
        token={token}
        submit={t('verify.changeSubmit')}
        another={{ href: '/settings/account', words: t('toSettings') }}
      >
        <UsernameHint username={username} />
        <PasswordField name="password" label={t('password.label')} autoComplete="current-password" />
      </TokenForm>
    </AuthPage>
  );
}

function emphasize(words: ReactNode) {
  return <strong className="font-medium text-ink">{words}</strong>;
}

async function another() {
  return { href: '/verify-email', words: (await getTranslations('auth'))('anotherLink') };
}

/** Where a mail is asked for, and where one waits for it. */
async function MailPage({ isSent }: { isSent: boolean }) {
  const t = await getTranslations('auth');
  const email = await registeredEmail();
  const sentLead =
    email === null ? t('verify.sentLead') : t.rich('verify.sentTo', { email, strong: emphasize });
  return (
    <AuthPage
      heading={t(isSent ? 'verify.sentHeading' : 'verify.heading')}
      lead={isSent ? sentLead : t('verify.askLead')}
      others={<LoginLink />}
    >
      {isSent ? (
        <h2 className="mb-4 border-t border-hair pt-6 font-medium">{t('verify.nothingCame')}</h2>
      ) : null}
      <MailRequestForm
        action={resendVerificationAction}
        email={email ?? ''}
        submit={t('verify.resend')}
        variant={isSent ? 'plain' : 'primary'}
      />
    </AuthPage>
  );
}

async function ConfirmedPage() {
  const t = await getTranslations('auth');
  const isSignedIn = (await currentSession()) !== null;
  return (
    <AuthPage
      heading={t('verify.confirmedHeading')}
      lead={t(isSignedIn ? 'verify.confirmedSignedIn' : 'verify.confirmedLead')}
    >
      <a href={isSignedIn ? '/me' : '/login'} className={buttonVariants({ variant: 'primary', size: 'lg' })}>
        {t(isSignedIn ? 'toOwnPage' : 'login.submit')}
      </a>
    </AuthPage>
  );
}

/** For a signed-in user the link can only confirm a new email, requested in the settings. */
async function SpentPage() {
  const t = await getTranslations('auth');
  if (await currentSession()) {
    return (
      <AuthPage heading={t('spentHeading')} lead={t('spentLead')}>
        <a href="/settings" className={buttonVariants({ variant: 'primary', size: 'lg' })}>
          {t('toSettings')}
        </a>
      </AuthPage>
    );
  }
  return (
    <AuthPage heading={t('spentHeading')} lead={t('spentLead')} others={<LoginLink />}>
      <MailRequestForm action={resendVerificationAction} submit={t('anotherLink')} />
    </AuthPage>
  );
}
