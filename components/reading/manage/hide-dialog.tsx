import { CONFIRM_FORM, ConfirmButtons, ConfirmFrame } from '@/components/ui/confirm-frame';
import { PostedForm } from '@/components/ui/posted-form';
import type { PageText } from '@/lib/core/i18n/page-text';
import { MAX_REASON_LENGTH } from '@/lib/pastes/schema';

const ID = 'hide-dialog';

interface HideDialogProps {
  slug: string;
  triggerClassName?: string;
  text: PageText;
}

/** For moderators; the browser requires a reason. */
export function HideDialog({ slug, triggerClassName = 'menu-item', text }: HideDialogProps) {
  const { t } = text;
  return (
    <ConfirmFrame
      id={ID}
      trigger={{ label: t('reading.hide'), className: triggerClassName }}
      words={{ question: t('reading.hideAsk'), explain: t('reading.hideExplain') }}
    >
      <PostedForm
        action={`/${slug}/forms/hide`}
        unreachable={t('composer.unreachable')}
        className={CONFIRM_FORM}
        text={text}
      >
        <label className="flex w-full flex-col gap-1.5 pb-3 text-sm font-medium">
          {t('reading.hideReason')}
          <input
            name="reason"
            required
            pattern=".*\S.*"
            maxLength={MAX_REASON_LENGTH}
            title={t('reading.hideReasonHint')}
            autoComplete="off"
            className="h-10 w-full rounded-md border border-edge bg-paper px-3 text-base font-normal"
          />
        </label>
        <ConfirmButtons id={ID} cancel={t('composer.cancel')} confirm={t('reading.hideConfirm')} />
      </PostedForm>
    </ConfirmFrame>
  );
}
