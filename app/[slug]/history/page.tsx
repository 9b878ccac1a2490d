import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import {
  type DiffMode,
  loadRevision,
  REVISION_MODES,
  type RevisionMode,
} from '@/components/history/load-revision';
import { RevisionList } from '@/components/history/revision-list';
import { RevisionView } from '@/components/history/revision-view';
import { SecretRevisionView } from '@/components/history/secret-revision-view';
import { guardPage } from '@/components/page/page-guard';
import type { SlugPageProps } from '@/components/page/page-props';
import { currentCaller } from '@/components/request/current-caller';
import { withEditKey } from '@/components/request/edit-key-cookie';
import { setPageHeader } from '@/components/request/page-response';
import { recordOpenedPage } from '@/components/sharing/record-opened-page';
import { now } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { PAGE_SIZE } from '@/lib/core/pagination';
import { readHistory } from '@/lib/pastes/history';
import { readRevisionNumber } from '@/lib/pastes/revision-number';
import { readViews, VIEWS_COOKIE } from '@/lib/text/rendering/remembered-views';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('history');
  return { title: t('heading'), description: t('description'), robots: { index: false, follow: false } };
}

export default function HistoryPage({ params, searchParams }: SlugPageProps) {
  return guardPage(async () => {
    const { slug } = await params;
    const { r, before, view, restored, deleted } = await searchParams;
    setPageHeader('X-Robots-Tag', 'noindex');
    const caller = await withEditKey(await currentCaller(), slug);
    const number = readRevisionNumber(r);
    const from = readRevisionNumber(before);
    if (number === null || from === null) throw new AppError('not_found');
    if (number !== undefined) {
      const usual = readViews((await cookies()).get(VIEWS_COOKIE)?.value).diff;
      const loaded = await loadRevision(slug, number, { caller, mode: modeOf(view, usual) });
      await recordOpenedPage(loaded.grant);
      return loaded.paste.isSecret ? (
        <SecretRevisionView loaded={loaded} now={now()} />
      ) : (
        <RevisionView loaded={loaded} usual={usual} now={now()} />
      );
    }
    const { paste, items } = await readHistory(slug, { caller, before: from, limit: PAGE_SIZE + 1 });
    return (
      <RevisionList
        paste={paste}
        revisions={items}
        shown={PAGE_SIZE}
        isFirstPage={from === undefined}
        done={doneBy({ restored, deleted })}
        now={now()}
      />
    );
  });
}

function modeOf(view: string | string[] | undefined, usual: DiffMode): RevisionMode {
  return REVISION_MODES.find((mode) => mode === view) ?? usual;
}

function doneBy({ restored, deleted }: { restored: unknown; deleted: unknown }) {
  if (restored !== undefined) return 'restored';
  return deleted === undefined ? null : 'deleted';
}
