import { getTranslations } from 'next-intl/server';
import { guardMemberPage } from '@/components/page/page-guard';
import type { SearchPageProps } from '@/components/page/page-props';
import { EmailSection } from '@/components/settings/email-section';
import { SettingsPage, settingsMetadata } from '@/components/settings/settings-page';
import { SettingsSection } from '@/components/settings/settings-section';
import { UsageSection } from '@/components/settings/usage-section';
import { buttonVariants } from '@/components/ui/button-variants';

export const generateMetadata = () => settingsMetadata('account');

export default function AccountSettingsPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('member', async ({ user }) => {
    const { saved } = await searchParams;
    const t = await getTranslations('settings');
    return (
      <SettingsPage current="account" saved={saved}>
        <EmailSection email={user.email} />
        <UsageSection userId={user.id} />
        <SettingsSection id="export" heading={t('export.heading')} explain={t('export.explain')}>
          <a href="/settings/export" className={buttonVariants()}>
            {t('export.download')}
          </a>
        </SettingsSection>
        <SettingsSection id="delete" heading={t('delete.heading')} explain={t('delete.explain')}>
          <a href="/settings/account/delete" className={`${buttonVariants({ variant: 'danger' })} -ml-3`}>
            {t('delete.open')}
          </a>
        </SettingsSection>
      </SettingsPage>
    );
  });
}
