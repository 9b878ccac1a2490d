import { getTranslations } from 'next-intl/server';
import { SubmitButton } from '@/components/auth/submit-button';
import { PageForm } from '@/components/ui/page-form';
import { TextField } from '@/components/ui/text-field';
import { registrationRule } from '@/lib/accounts/invitations';
import { inviteUserAction } from './actions';

/** Emails an invitation; nothing where no accounts can be created at all. */
export async function InviteForm() {
  if (registrationRule() === 'registration_closed') return null;
  const t = await getTranslations('admin.invite');
  const auth = await getTranslations('auth');
  return (
    <section aria-labelledby="invite" className="mt-10 max-w-fields">
      <h2 id="invite" className="text-lg font-semibold">
        {t('heading')}
      </h2>
      <p className="mt-1 mb-4 text-sm text-muted">{t('explain')}</p>
      <PageForm action={inviteUserAction} className="flex flex-col gap-3">
        <TextField
          name="email"
          type="email"
          label={auth('email')}
          autoCapitalize="none"
          spellCheck={false}
          required
        />
        <SubmitButton label={t('submit')} />
      </PageForm>
    </section>
  );
}
