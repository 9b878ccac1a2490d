import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { CONFIRM_FORM, ConfirmButtons, ConfirmFrame } from '@/components/ui/confirm-frame';
import { PostedForm } from '@/components/ui/posted-form';
import type { PageText } from '@/lib/core/i18n/page-text';

const ID = 'delete-dialog';

interface DeleteDialogProps {
  slug: string;
  triggerClassName?: string;
  text: PageText;
}

export function DeleteDialog({ slug, triggerClassName, text }: DeleteDialogProps) {
  const { t } = text;
  return (
    <ConfirmFrame
      id={ID}
      trigger={{
        label: t('reading.delete'),
        className: cn(buttonVariants({ variant: 'danger' }), triggerClassName),
      }}
      words={{ question: t('reading.deleteAsk'), explain: t('reading.deleteExplain') }}
    >
      <PostedForm action={`/${slug}/forms/delete`} deletes={slug} className={CONFIRM_FORM} text={text}>
        <ConfirmButtons id={ID} cancel={t('composer.cancel')} confirm={t('reading.deleteConfirm')} />
      </PostedForm>
    </ConfirmFrame>
  );
}
