import { getTranslations } from 'next-intl/server';
import { type Shown, viewHref } from './file-view-choice';
import type { LoadedFile } from './loaded-file';

const VIEWS: readonly Shown[] = ['rendered', 'source'];

interface ViewSwitchProps {
  slug: string;
  file: LoadedFile;
  isSingle: boolean;
}

/** Rendered or source: two links, which a script follows without leaving the page where it holds both. */
export async function ViewSwitch({ slug, file, isSingle }: ViewSwitchProps) {
  const t = await getTranslations('rendered');
  if (!file.view) return null;
  const { kind, shown } = file.view;
  return (
    <nav aria-label={t('viewOf', { name: file.label })} className="no-print view-switch">
      {VIEWS.map((view) => (
        <a
          key={view}
          href={viewHref(`/${slug}`, { view, kind, fileNumber: file.number, isSingle })}
          aria-current={view === shown ? 'true' : undefined}
          data-shows={`${view} views-${file.number}`}
        >
          {view === 'source' ? t('source') : t(kind)}
        </a>
      ))}
    </nav>
  );
}
