import { AdminFrame } from '@/components/admin/admin-frame';
import { staffMetadata } from '@/components/admin/admin-metadata';
import { StatusFacts } from '@/components/admin/status-facts';
import { guardMemberPage } from '@/components/page/page-guard';
import { getPageText } from '@/components/request/page-text';
import { readStatus } from '@/lib/admin/status';
import { now } from '@/lib/core/clock';

export const generateMetadata = staffMetadata('status');

export default function StatusPage() {
  return guardMemberPage('admin', async () => (
    <AdminFrame current="status">
      <StatusFacts status={await readStatus()} now={now()} text={await getPageText()} />
    </AdminFrame>
  ));
}
