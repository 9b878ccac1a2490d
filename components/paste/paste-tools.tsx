import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { CopyButton } from '@/components/ui/copy-button';
import { DeleteDialog } from './delete-dialog';

interface PasteToolsProps {
  slug: string;
  hasManyFiles: boolean;
  canEdit: boolean;
  canDelete: boolean;
  /** Whether something else on the page is to be done first. */
  isSecondary: boolean;
}

/** One line of tools; on a phone the reader's are at the lower edge, where the thumb is. */
export async function PasteTools({ slug, hasManyFiles, canEdit, canDelete, isSecondary }: PasteToolsProps) {
  const t = await getTranslations('reading');
  const plain = cn(buttonVariants(), 'max-sm:h-11 max-sm:grow');
  return (
    <div className="no-print gutter flex flex-wrap items-center justify-between gap-1.5 pb-4 max-sm:pb-2">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      <div role="group" aria-label={t('tools')} className="thumb-bar flex gap-1.5">
        <form action={`/${slug}/raw`} className="needs-script max-sm:grow">
          <CopyButton
            label={t(hasManyFiles ? 'copyAll' : 'copy')}
            copied={t('copied')}
            failed={t('notCopied')}
            from=".code-text"
            className={cn(
              buttonVariants({ variant: isSecondary ? 'plain' : 'primary' }),
              'max-sm:h-11 max-sm:w-full',
            )}
          />
        </form>
        <a href={`/${slug}/raw`} className={plain}>
          {t('raw')}
        </a>
        <a href={`/${slug}/download`} download="" className={plain}>
          {t('download')}
        </a>
      </div>
      {canEdit || canDelete ? (
        <div className="flex gap-1.5 max-sm:-mx-3 max-sm:-mb-2">
          {canEdit ? (
            <a href={`/${slug}/edit`} className={buttonVariants({ variant: 'quiet' })}>
              {t('edit')}
            </a>
          ) : null}
          {canDelete ? <DeleteDialog slug={slug} triggerClassName="sm:-mr-3" /> : null}
        </div>
      ) : null}
    </div>
  );
}
