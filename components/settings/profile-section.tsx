import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { PageForm } from '@/components/ui/page-form';
import { TextField } from '@/components/ui/text-field';
import type { UserRecord } from '@/lib/core/caller';
import { updateProfileAction } from './account-actions';
import { SettingsSection } from './settings-section';

export async function ProfileSection({ user }: { user: UserRecord }) {
  const t = await getTranslations('settings.profile');
  return (
    <SettingsSection id="profile" heading={t('heading')} explain={t('explain')}>
      <PageForm
        action={updateProfileAction}
        aria-label={t('heading')}
        className="flex flex-col items-start gap-5 [&>div]:w-full"
      >
        <TextField
          name="name"
          label={t('name')}
          hint={t('nameHint')}
          defaultValue={user.name ?? ''}
          autoComplete="name"
          dir="auto"
        />
        <TextField
          name="username"
          label={t('username')}
          hint={t('usernameHint', { path: `/u/${user.username}` })}
          defaultValue={user.username}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
        <button type="submit" className={buttonVariants({ variant: 'primary' })}>
          {t('save')}
        </button>
      </PageForm>
    </SettingsSection>
  );
}
