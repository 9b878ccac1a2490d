import { getTranslations } from 'next-intl/server';
import { AdminFrame } from '@/components/admin/admin-frame';
import { staffMetadata } from '@/components/admin/admin-metadata';
import { AuditRow } from '@/components/admin/audit-row';
import { listOrNotFound } from '@/components/page/list-or-not-found';
import { ListPages } from '@/components/page/list-pages';
import { guardMemberPage } from '@/components/page/page-guard';
import type { SearchPageProps } from '@/components/page/page-props';
import { hrefWith, parseListQuery } from '@/components/page/query';
import { buttonVariants } from '@/components/ui/button-variants';
import { NativeSelect } from '@/components/ui/native-select';
import { Options } from '@/components/ui/options';
import { listAudit } from '@/lib/audit/queries';
import { AUDIT_ACTIONS, listAuditSchema } from '@/lib/audit/schema';
import { now } from '@/lib/core/clock';

const PATH = '/admin/audit';

export const generateMetadata = staffMetadata('audit');

export default function AuditPage({ searchParams }: SearchPageProps) {
  return guardMemberPage('admin', async () => {
    const query = await searchParams;
    const filter = parseListQuery(listAuditSchema, { action: query.action, cursor: query.cursor });
    const { items, nextCursor } = await listOrNotFound(() => listAudit(filter));
    const t = await getTranslations('audit');
    const { action } = filter;
    const isFirst = filter.cursor === undefined;
    const at = now();
    return (
      <AdminFrame current="audit">
        <form action={PATH} className="mt-5 flex flex-wrap gap-2">
          <NativeSelect
            name="action"
            defaultValue={action ?? ''}
            aria-label={t('action')}
            className="h-10 border-edge bg-raised"
          >
            <option value="">{t('anyAction')}</option>
            <Options values={AUDIT_ACTIONS} label={(name) => t(`actions.${name}`)} />
          </NativeSelect>
          <button type="submit" className={buttonVariants({ size: 'lg' })}>
            {t('filter')}
          </button>
        </form>
        {items.length === 0 ? (
          <p className="mt-8 text-muted">{t(isFirst ? 'none' : 'end')}</p>
        ) : (
          <ul className="mt-5 border-t border-hair">
            {items.map((entry) => (
              <AuditRow key={entry.id} entry={entry} now={at} />
            ))}
          </ul>
        )}
        <ListPages
          label={t('pages')}
          isFirst={isFirst}
          nextCursor={nextCursor}
          hrefOf={(cursor) => hrefWith(PATH, { action, cursor })}
        />
        <p className="mt-6 text-xs text-muted">
          {t.rich('export', {
            path: () => <code key="path">GET /api/v1/admin/audit/export.ndjson</code>,
          })}
        </p>
      </AdminFrame>
    );
  });
}
