import { getTranslations } from 'next-intl/server';
import { AdminFrame } from '@/components/admin/admin-frame';
import { staffMetadata } from '@/components/admin/admin-metadata';
import { SettingsForm } from '@/components/admin/settings-form';
import { Notice } from '@/components/page/notice';
import { guardMemberPage } from '@/components/page/page-guard';
import type { SearchPageProps } from '@/components/page/page-props';
import { getSettings } from '@/lib/admin/settings';

export const generateMetadata = staffMetadata('settings');

export default function InstanceSettingsPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('admin', async () => {
    const { saved } = await searchParams;
    const t = await getTranslations('instanceSettings');
    return (
      <AdminFrame
        current="settings"
        notice={saved === undefined ? null : <Notice name="saved">{t('saved')}</Notice>}
      >
        <SettingsForm settings={await getSettings()} />
      </AdminFrame>
    );
  });
}
