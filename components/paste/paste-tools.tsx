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
}

/** One line of tools; on a phone at the lower edge. */
export async function PasteTools({ slug, hasManyFiles, canEdit, canDelete }: PasteToolsProps) {
  const t = await getTranslations('reading');
  const plain = cn(buttonVariants(), 'max-sm:grow');
  const quiet = cn(buttonVariants({ variant: 'quiet' }), 'max-sm:px-2');
  return (
    <div
      role="toolbar"
      aria-label={t('tools')}
      className="no-print gutter thumb-bar flex flex-wrap items-center gap-1.5 pb-4 max-sm:flex-nowrap"
    >
      <form action={`/${slug}/raw`} className="needs-script max-sm:grow">
        <CopyButton
          label={t(hasManyFiles ? 'copyAll' : 'copy')}
          copied={t('copied')}
          failed={t('notCopied')}
          from=".code-text"
          className={cn(buttonVariants({ variant: 'primary' }), 'max-sm:w-full')}
        />
      </form>
      <a href={`/${slug}/raw`} className={plain}>
        {t('raw')}
      </a>
      <a href={`/${slug}/download`} download="" className={plain}>
        {t('download')}
      </a>
      <span className="grow max-sm:hidden" />
      {canEdit ? (
        <a href={`/${slug}/edit`} className={quiet}>
          {t('edit')}
        </a>
      ) : null}
      {canDelete ? <DeleteDialog slug={slug} triggerClassName="max-sm:px-2" /> : null}
    </div>
  );
}
