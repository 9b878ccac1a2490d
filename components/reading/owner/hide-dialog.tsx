import { getTranslations } from 'next-intl/server';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { MAX_REASON_LENGTH } from '@/lib/pastes/schema';
import { hidePasteAction } from './actions';

/** For moderators; the browser requires a reason. */
export async function HideDialog({
  slug,
  triggerClassName = 'menu-item',
}: {
  slug: string;
  triggerClassName?: string;
}) {
  const t = await getTranslations('reading');
  return (
    <ConfirmDialog
      id="hide-dialog"
      action={hidePasteAction.bind(null, slug)}
      trigger={{ label: t('hide'), className: triggerClassName }}
      words={{ question: t('hideAsk'), explain: t('hideExplain'), confirm: t('hideConfirm') }}
    >
      <label className="flex w-full flex-col gap-1.5 pb-3 text-sm font-medium">
        {t('hideReason')}
        <input
          name="reason"
          required
          pattern=".*\S.*"
          maxLength={MAX_REASON_LENGTH}
          title={t('hideReasonHint')}
          autoComplete="off"
          className="h-10 w-full rounded-md border border-edge bg-paper px-3 text-base font-normal"
        />
      </label>
    </ConfirmDialog>
  );
}
