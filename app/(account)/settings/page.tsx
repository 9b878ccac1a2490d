import { guardMemberPage } from '@/components/page/page-guard';
import type { SearchPageProps } from '@/components/page/page-props';
import { AppearanceSection } from '@/components/settings/appearance-section';
import { PictureSection } from '@/components/settings/picture-section';
import { ProfileSection } from '@/components/settings/profile-section';
import { SettingsPage, settingsMetadata } from '@/components/settings/settings-page';

export const generateMetadata = () => settingsMetadata('profile');

export default function ProfileSettingsPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('member', async ({ user }) => {
    const { saved, verified } = await searchParams;
    return (
      <SettingsPage current="profile" saved={verified === undefined ? saved : 'verified'}>
        <ProfileSection user={user} />
        <PictureSection user={user} />
        <AppearanceSection />
      </SettingsPage>
    );
  });
}
