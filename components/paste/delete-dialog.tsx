import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { deletePasteAction } from '@/lib/pastes/actions';

/** A button and the question it asks first; a popover of the platform's own, so it needs no script. */
export async function DeleteDialog({ slug, triggerClassName }: { slug: string; triggerClassName?: string }) {
  const t = await getTranslations('reading');
  const composer = await getTranslations('composer');
  return (
    <>
      <button
        type="button"
        popoverTarget="delete-dialog"
        aria-haspopup="dialog"
        className={cn(buttonVariants({ variant: 'danger' }), triggerClassName)}
      >
        {t('delete')}
      </button>
      <div
        id="delete-dialog"
        popover="auto"
        role="dialog"
        aria-labelledby="delete-question"
        className="dialog-panel rounded-md border border-edge bg-raised p-6 text-ink"
      >
        <h2 id="delete-question" className="text-[17px] font-[620]">
          {t('deleteAsk')}
        </h2>
        <p className="mt-1.5 text-[14px] whitespace-normal text-muted">{t('deleteExplain')}</p>
        <ActionForm
          action={deletePasteAction.bind(null, slug)}
          unreachable={composer('unreachable')}
          className="mt-5 flex flex-wrap justify-end gap-2"
        >
          <button
            type="button"
            popoverTarget="delete-dialog"
            popoverTargetAction="hide"
            className={buttonVariants({ variant: 'quiet' })}
          >
            {composer('cancel')}
          </button>
          <button type="submit" className={buttonVariants({ variant: 'danger-solid' })}>
            {t('deleteConfirm')}
          </button>
        </ActionForm>
      </div>
    </>
  );
}
