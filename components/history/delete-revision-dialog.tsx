import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { deleteRevisionAction } from './actions';

export async function DeleteRevisionDialog({ slug, number }: { slug: string; number: number }) {
  const t = await getTranslations('history');
  return (
    <ConfirmDialog
      id="delete-revision"
      action={deleteRevisionAction.bind(null, slug, number)}
      trigger={{ label: t('delete'), className: buttonVariants({ variant: 'danger' }) }}
      words={{
        question: t('deleteAsk', { number }),
        explain: t('deleteExplain'),
        confirm: t('deleteConfirm'),
      }}
    />
  );
}
