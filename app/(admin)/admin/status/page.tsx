import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AdminFrame } from '@/components/admin/admin-frame';
import { staffMetadata } from '@/components/admin/admin-metadata';
import { StatusFacts } from '@/components/admin/status-facts';
import { guardMemberPage } from '@/components/page/page-guard';
import { setPageHeader } from '@/components/request/page-response';
import { getPageText } from '@/components/request/page-text';
import { readStatus } from '@/lib/admin/status';
import { now } from '@/lib/core/clock';

export function generateMetadata(): Promise<Metadata> {
  return staffMetadata('admin', async () => (await getTranslations('instanceStatus'))('heading'));
}

export default function StatusPage() {
  return guardMemberPage('admin', async ({ user }) => {
    setPageHeader('X-Robots-Tag', 'noindex');
    const t = await getTranslations('instanceStatus');
    return (
      <AdminFrame
        current="status"
        role={user.role}
        heading={t('heading')}
        description={t('description')}
        notice={null}
      >
        <StatusFacts status={await readStatus()} now={now()} text={await getPageText()} />
      </AdminFrame>
    );
  });
}
