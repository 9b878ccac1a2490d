import { guardMemberPage } from '@/components/page/page-guard';
import type { SearchPageProps } from '@/components/page/page-props';
import { LocalTimes } from '@/components/reading/local-times';
import { DevicesSection } from '@/components/settings/devices-section';
import { EventsSection } from '@/components/settings/events-section';
import { PasswordSection } from '@/components/settings/password-section';
import { SettingsPage, settingsMetadata } from '@/components/settings/settings-page';
import { listSecurityEvents, listSessions } from '@/lib/accounts/sessions/lists';
import { now } from '@/lib/core/clock';

export const generateMetadata = () => settingsMetadata('security');

export default function SecuritySettingsPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('member', async ({ sessionId, user }) => {
    const { saved } = await searchParams;
    const at = now();
    const [sessions, events] = await Promise.all([listSessions(user.id, at), listSecurityEvents(user.id)]);
    return (
      <SettingsPage current="security" saved={saved}>
        <PasswordSection username={user.username} />
        <DevicesSection sessions={sessions} currentId={sessionId} now={at} />
        <EventsSection events={events} now={at} />
        <LocalTimes />
      </SettingsPage>
    );
  });
}
