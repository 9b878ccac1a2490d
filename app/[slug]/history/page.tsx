import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { loadRevision, type RevisionMode } from '@/components/history/load-revision';
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
      const loaded = await loadRevision(slug, number, { caller, mode: modeOf(view) });
      await recordOpenedPage(loaded.grant);
      return loaded.paste.isSecret ? (
        <SecretRevisionView loaded={loaded} now={now()} />
      ) : (
        <RevisionView loaded={loaded} now={now()} />
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

function modeOf(view: string | string[] | undefined): RevisionMode {
  return view === 'split' || view === 'text' ? view : 'inline';
}

function doneBy({ restored, deleted }: { restored: unknown; deleted: unknown }) {
  if (restored !== undefined) return 'restored';
  return deleted === undefined ? null : 'deleted';
}
