import type { PageText } from '@/lib/core/i18n/page-text';
import { type Shown, viewHref } from './file-view-choice';
import type { LoadedFile } from './loaded-file';
import { RememberView } from './remember-view';

const VIEWS: readonly Shown[] = ['rendered', 'source'];

interface ViewSwitchProps {
  slug: string;
  file: LoadedFile;
  isSingle: boolean;
  text: PageText;
}

/** Rendered or source: two links, which a script follows without a page load if the page contains both. */
export function ViewSwitch({ slug, file, isSingle, text }: ViewSwitchProps) {
  if (!file.view) return null;
  const { t } = text;
  const { kind, shown, usual } = file.view;
  return (
    <nav aria-label={t('rendered.viewOf', { name: file.label })} className="no-print view-switch">
      {VIEWS.map((view) => (
        <a
          key={view}
          href={viewHref(`/${slug}`, { view, usual, fileNumber: file.number, isSingle })}
          aria-current={view === shown ? 'true' : undefined}
          data-shows={`${view} views-${file.number}`}
          data-remembers={`${kind}-${view}`}
        >
          {view === 'source' ? t('rendered.source') : t(`rendered.${kind}`)}
        </a>
      ))}
      {shown === usual ? null : <RememberView view={`${kind}-${shown}`} next={`/${slug}`} text={text} />}
    </nav>
  );
}
