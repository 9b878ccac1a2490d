import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { ManagedUserDto } from '@/lib/admin/schema';
import { eraseUserAction } from './actions';

export async function EraseDialog({ user: { uuid, username } }: { user: ManagedUserDto }) {
  const t = await getTranslations('admin');
  return (
    <ConfirmDialog
      id={`erase-${uuid}`}
      action={eraseUserAction.bind(null, uuid)}
      trigger={{ label: t('erase'), className: cn(buttonVariants(), 'text-danger') }}
      words={{
        question: t('eraseAsk', { username }),
        explain: t('eraseExplain'),
        confirm: t('eraseConfirm'),
      }}
    >
      <label className="mb-2 flex w-full flex-col gap-1.5 text-sm font-medium">
        {t('erasePassword')}
        <input
          type="password"
          name="password"
          autoComplete="current-password"
          className="h-10 w-full rounded-md border border-edge bg-raised px-3 text-base font-normal"
        />
      </label>
    </ConfirmDialog>
  );
}
