import { getFormatter, getTranslations } from 'next-intl/server';
import { quotas } from '@/lib/core/instance-rules';
import { readUsage } from '@/lib/pastes/quota';
import { SettingsSection } from './settings-section';

const MIB = 1024 * 1024;

/** How much of their quota a member uses; nothing where there is none. */
export async function UsageSection({ userId }: { userId: string }) {
  const { memberBytes, memberPastes } = quotas();
  if (memberBytes === null && memberPastes === null) return null;
  const t = await getTranslations('settings');
  const format = await getFormatter();
  const { bytes, pastes } = await readUsage(userId);
  const used = format.number(bytes / MIB, { maximumFractionDigits: 1 });
  return (
    <SettingsSection id="usage" heading={t('usage.heading')} explain={t('usage.explain')}>
      {memberPastes === null ? null : <p>{t('usage.pastes', { used: pastes, max: memberPastes })}</p>}
      {memberBytes === null ? null : <p>{t('usage.bytes', { used, max: memberBytes / MIB })}</p>}
    </SettingsSection>
  );
}
