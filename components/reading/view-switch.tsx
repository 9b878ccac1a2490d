import type { ReactNode } from 'react';
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
  const { kind, rendered, shown, usual } = file.view;
  const link = (view: Shown, current: Shown, data: Record<`data-${string}`, string> = {}): ReactNode => (
    <a
      key={view}
      href={viewHref(`/${slug}`, { view, usual, fileNumber: file.number, isSingle })}
      aria-current={view === current ? 'true' : undefined}
      {...data}
    >
      {view === 'source' ? t('rendered.source') : t(`rendered.${kind}`)}
    </a>
  );
  const name = t('rendered.viewOf', { name: file.label });
  return (
    <>
      {rendered && shown === 'rendered' ? (
        // Without a script, styles show it where the address names a line, and with it the source.
        <nav aria-label={name} className="no-print view-switch line-switch">
          {VIEWS.map((view) => link(view, 'source'))}
        </nav>
      ) : null}
      <nav aria-label={name} className="no-print view-switch">
        {VIEWS.map((view) =>
          link(view, shown, {
            'data-shows': `${view} views-${file.number}`,
            'data-remembers': `${kind}-${view}`,
          }),
        )}
        {shown === usual ? null : <RememberView view={`${kind}-${shown}`} next={`/${slug}`} text={text} />}
      </nav>
    </>
  );
}
