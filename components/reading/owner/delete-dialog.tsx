import { getTranslations } from 'next-intl/server';
import { deletePasteAction } from '@/components/composer/actions';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';

export async function DeleteDialog({ slug, triggerClassName }: { slug: string; triggerClassName?: string }) {
  const t = await getTranslations('reading');
  const className = cn(buttonVariants({ variant: 'danger' }), triggerClassName);
  return (
    <ConfirmDialog
      id="delete-dialog"
      action={deletePasteAction.bind(null, slug)}
      deletes={slug}
      trigger={{ label: t('delete'), className }}
      words={{ question: t('deleteAsk'), explain: t('deleteExplain'), confirm: t('deleteConfirm') }}
    />
  );
}
