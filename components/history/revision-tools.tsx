import { getTranslations } from 'next-intl/server';
import { RememberView } from '@/components/reading/remember-view';
import { getPageText } from '@/components/request/page-text';
import { buttonVariants } from '@/components/ui/button-variants';
import { ButtonForm } from '@/components/ui/page-form';
import { restoreRevisionAction } from './actions';
import { DeleteRevisionDialog } from './delete-revision-dialog';
import { type DiffMode, REVISION_MODES, type RevisionMode } from './load-revision';

interface RevisionToolsProps {
  slug: string;
  number: number;
  mode: RevisionMode;
  /** What is shown where the address names no mode. */
  usual: DiffMode;
  hasPrevious: boolean;
  isCurrent: boolean;
}

export async function RevisionTools({
  slug,
  number,
  mode,
  usual,
  hasPrevious,
  isCurrent,
}: RevisionToolsProps) {
  const t = await getTranslations('history');
  const here = `/${slug}/history?r=${number}`;
  return (
    <div className="no-print gutter flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pb-4">
      {hasPrevious ? (
        <nav aria-label={t('views')} className="view-switch -ml-2.5">
          {/* A narrow window has one column for changes, whatever was chosen for others. */}
          <a href={here} aria-current={mode === 'text' ? undefined : 'true'} className="min-[900px]:hidden">
            {t('inline')}
          </a>
          {REVISION_MODES.map((choice) => (
            <a
              key={choice}
              href={choice === usual ? here : `${here}&view=${choice}`}
              data-remembers={choice === 'text' ? undefined : `diff-${choice}`}
              aria-current={choice === mode ? 'true' : undefined}
              className={choice === 'text' ? undefined : 'max-[900px]:hidden'}
            >
              {t(choice)}
            </a>
          ))}
          {mode === 'text' || mode === usual ? null : (
            <RememberView view={`diff-${mode}`} next={here} text={await getPageText()} />
          )}
        </nav>
      ) : null}
      {isCurrent ? null : (
        <div className="flex flex-wrap items-center gap-1.5">
          <ButtonForm
            action={restoreRevisionAction.bind(null, slug, number)}
            className="flex flex-wrap items-center gap-2"
          >
            <button type="submit" title={t('restoreHint')} className={buttonVariants({ variant: 'primary' })}>
              {t('restore')}
            </button>
          </ButtonForm>
          <DeleteRevisionDialog slug={slug} number={number} />
        </div>
      )}
    </div>
  );
}
