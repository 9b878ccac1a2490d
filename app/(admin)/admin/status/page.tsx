import { getTranslations } from 'next-intl/server';
import { AdminFrame } from '@/components/admin/admin-frame';
import { staffMetadata } from '@/components/admin/admin-metadata';
import { StatusFacts } from '@/components/admin/status-facts';
import { guardMemberPage } from '@/components/page/page-guard';
import { getPageText } from '@/components/request/page-text';
import { readStatus } from '@/lib/admin/status';
import { now } from '@/lib/core/clock';

export const generateMetadata = staffMetadata('admin', 'instanceStatus.heading');

export default function StatusPage() {
  return guardMemberPage('admin', async ({ user }) => {
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
