import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { ManagedUserDto } from '@/lib/admin/schema';
import { banUserAction } from './actions';

export async function BanDialog({ user: { uuid, username } }: { user: ManagedUserDto }) {
  const t = await getTranslations('admin');
  return (
    <ConfirmDialog
      id={`ban-${uuid}`}
      action={banUserAction.bind(null, uuid)}
      trigger={{ label: t('ban'), className: cn(buttonVariants(), 'text-danger') }}
      words={{
        question: t('banAsk', { username }),
        explain: t('banExplain'),
        confirm: t('banConfirm'),
      }}
    />
  );
}
