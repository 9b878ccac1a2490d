import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { authMetadata } from '@/components/auth/auth-metadata';
import { AuthPage } from '@/components/auth/auth-page';
import { guardAuthPage } from '@/components/auth/guard-auth-page';
import { LoginLink } from '@/components/auth/login-link';
import { MailRequestForm } from '@/components/auth/mail-request-form';
import { readMailedLink } from '@/components/auth/mailed-link';
import { TokenForm } from '@/components/auth/token-form';
import type { SearchPageProps } from '@/components/layout/page-props';
import { buttonVariants } from '@/components/ui/button-variants';
import { resendVerificationAction, verifyEmailAction } from '@/lib/auth/actions';
import { currentSession } from '@/lib/auth/current-user';
import { setPageStatus } from '@/lib/page-response';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return authMetadata(t('verify.heading'));
}

export default function VerifyEmailPage({ searchParams }: SearchPageProps) {
  return guardAuthPage(async () => {
    const { token, sent } = await searchParams;
    if (token === undefined) return <MailPage isSent={sent !== undefined} />;
    const link = await readMailedLink(token, 'confirm');
    if (link.state === 'confirmed') return <ConfirmedPage />;
    if (link.state === 'spent') {
      setPageStatus(400);
      return <SpentPage />;
    }
    const t = await getTranslations('auth');
    return (
      <AuthPage
        heading={t('verify.heading')}
        lead={t.rich('verify.whose', {
          email: link.email,
          username: link.username,
          strong: (words) => <strong className="font-medium text-ink">{words}</strong>,
        })}
      >
        <TokenForm
          action={verifyEmailAction}
          token={link.token}
          submit={t('verify.submit')}
          another={{ href: '/verify-email', words: t('anotherLink') }}
        />
      </AuthPage>
    );
  });
}

/** Where a mail is asked for, and where one waits for it. */
async function MailPage({ isSent }: { isSent: boolean }) {
  const t = await getTranslations('auth');
  return (
    <AuthPage
      heading={t(isSent ? 'verify.sentHeading' : 'verify.heading')}
      lead={t(isSent ? 'verify.sentLead' : 'verify.askLead')}
      others={<LoginLink />}
    >
      {isSent ? (
        <h2 className="mb-4 border-t border-hair pt-6 font-medium">{t('verify.nothingCame')}</h2>
      ) : null}
      <MailRequestForm
        action={resendVerificationAction}
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

/** Signed in, it can only have been about another address, which the settings ask for. */
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
