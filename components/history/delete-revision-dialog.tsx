import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { buttonVariants } from '@/components/ui/button-variants';
import { deleteRevisionAction } from '@/lib/pastes/history-actions';

/** Like `DeleteDialog`: it asks first, and needs no script. */
export async function DeleteRevisionDialog({ slug, number }: { slug: string; number: number }) {
  const t = await getTranslations('history');
  const composer = await getTranslations('composer');
  return (
    <>
      <button
        type="button"
        popoverTarget="delete-revision"
        aria-haspopup="dialog"
        className={buttonVariants({ variant: 'danger' })}
      >
        {t('delete')}
      </button>
      <div
        id="delete-revision"
        popover="auto"
        role="dialog"
        aria-labelledby="delete-revision-question"
        className="dialog-panel rounded-md border border-edge bg-raised p-6 text-ink"
      >
        <h2 id="delete-revision-question" className="text-[17px] font-[620]">
          {t('deleteAsk', { number })}
        </h2>
        <p className="mt-1.5 text-[14px] text-muted">{t('deleteExplain')}</p>
        <ActionForm
          action={deleteRevisionAction.bind(null, slug, number)}
          unreachable={composer('unreachable')}
          className="mt-5 flex flex-wrap justify-end gap-2"
        >
          <button
            type="button"
            popoverTarget="delete-revision"
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
