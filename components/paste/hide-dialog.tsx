import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { buttonVariants } from '@/components/ui/button-variants';
import { MAX_REASON_LENGTH } from '@/lib/pastes/schema';
import { hidePasteAction } from '@/lib/pastes/stewardship-actions';

/** For moderators, like `DeleteDialog`; the browser itself sees to it that a reason is given. */
export async function HideDialog({ slug }: { slug: string }) {
  const t = await getTranslations('reading');
  const composer = await getTranslations('composer');
  return (
    <>
      <button type="button" popoverTarget="hide-dialog" aria-haspopup="dialog" className="menu-item">
        {t('hide')}
      </button>
      <div
        id="hide-dialog"
        popover="auto"
        role="dialog"
        aria-labelledby="hide-question"
        className="dialog-panel rounded-md border border-edge bg-raised p-6 text-ink"
      >
        <h2 id="hide-question" className="text-[17px] font-[620]">
          {t('hideAsk')}
        </h2>
        <p className="mt-1.5 text-[14px] whitespace-normal text-muted">{t('hideExplain')}</p>
        <ActionForm
          action={hidePasteAction.bind(null, slug)}
          unreachable={composer('unreachable')}
          className="mt-4 flex flex-wrap justify-end gap-2"
        >
          <label className="flex w-full flex-col gap-1.5 pb-3 text-[14px] font-medium">
            {t('hideReason')}
            <input
              name="reason"
              required
              pattern=".*\S.*"
              maxLength={MAX_REASON_LENGTH}
              title={t('hideReasonHint')}
              autoComplete="off"
              className="h-10 w-full rounded-md border border-edge bg-paper px-3 text-[15px] font-normal max-sm:text-[16px]"
            />
          </label>
          <button
            type="button"
            popoverTarget="hide-dialog"
            popoverTargetAction="hide"
            className={buttonVariants({ variant: 'quiet' })}
          >
            {composer('cancel')}
          </button>
          <button type="submit" className={buttonVariants({ variant: 'danger-solid' })}>
            {t('hideConfirm')}
          </button>
        </ActionForm>
      </div>
    </>
  );
}
