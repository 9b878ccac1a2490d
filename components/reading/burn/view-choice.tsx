import type { PageText } from '@/lib/core/i18n/page-text';
import type { Shown } from '../file-view-choice';
import type { LoadedFile } from '../loaded-file';

const VIEWS: readonly Shown[] = ['rendered', 'source'];

/** As `ViewSwitch`, for a page that cannot be requested again: two fields, which styles alone make work. */
export function ViewChoice({ file, text: { t } }: { file: LoadedFile; text: PageText }) {
  const { view, number, label } = file;
  if (!view?.rendered) return null;
  return (
    <div
      role="radiogroup"
      aria-label={t('rendered.viewOf', { name: label })}
      className="no-print view-switch view-choice"
    >
      {VIEWS.map((shown) => (
        <label key={shown} className="relative">
          <input
            id={`${shown}-views-${number}`}
            type="radio"
            name={`view-${number}`}
            data-remembers={`${view.kind}-${shown}`}
            value={shown}
            defaultChecked={shown === view.shown}
            autoComplete="off"
            className="sr-only"
          />
          {shown === 'source' ? t('rendered.source') : t(`rendered.${view.kind}`)}
        </label>
      ))}
    </div>
  );
}
