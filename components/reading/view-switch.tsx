import type { PageText } from '@/lib/core/i18n/page-text';
import { type Shown, viewHref } from './file-view-choice';
import type { LoadedFile } from './loaded-file';

const VIEWS: readonly Shown[] = ['rendered', 'source'];

interface ViewSwitchProps {
  slug: string;
  file: LoadedFile;
  isSingle: boolean;
  text: PageText;
}

/** Rendered or source: two links, which a script follows without a page load if the page contains both. */
export function ViewSwitch({ slug, file, isSingle, text: { t } }: ViewSwitchProps) {
  if (!file.view) return null;
  const { kind, shown } = file.view;
  return (
    <nav aria-label={t('rendered.viewOf', { name: file.label })} className="no-print view-switch">
      {VIEWS.map((view) => (
        <a
          key={view}
          href={viewHref(`/${slug}`, { view, kind, fileNumber: file.number, isSingle })}
          aria-current={view === shown ? 'true' : undefined}
          data-shows={`${view} views-${file.number}`}
        >
          {view === 'source' ? t('rendered.source') : t(`rendered.${kind}`)}
        </a>
      ))}
    </nav>
  );
}
