import { getTranslations } from 'next-intl/server';
import { readId } from '@/components/actions/action-arguments';
import { AdminFrame } from '@/components/admin/admin-frame';
import { staffMetadata } from '@/components/admin/admin-metadata';
import { CaseFacts } from '@/components/admin/case-facts';
import { CaseView } from '@/components/admin/case-view';
import { DecisionForm } from '@/components/admin/decision-form';
import { guardMemberPage } from '@/components/page/page-guard';
import { now } from '@/lib/core/clock';
import { getCase } from '@/lib/reports/queries';
import { visibleText } from '@/lib/text/unicode/display-text';

export const generateMetadata = staffMetadata('reports');

export default function CasePage({ params }: { params: Promise<{ id: string }> }) {
  return guardMemberPage('moderator', async (caller) => {
    const { role } = caller.user;
    const entry = await getCase(readId((await params).id), { ...caller, role });
    const t = await getTranslations('moderation');
    const title = visibleText(entry.paste?.title ?? '') || t('untitled');
    return (
      <AdminFrame
        current="reports"
        heading={title}
        description={<span className="font-mono text-sm">{entry.url}</span>}
      >
        <CaseFacts entry={entry} now={now()} />
        <CaseView entry={entry} now={now()} />
        <div className="mt-7 border-t border-hair pt-6">
          <DecisionForm entry={entry} role={role} />
        </div>
        <p className="mt-7 text-sm">
          <a href="/admin/reports" className="tap text-link">
            {t('back')}
          </a>
        </p>
      </AdminFrame>
    );
  });
}
