import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { banUserAction } from '@/lib/admin/actions';
import type { ManagedUserDto } from '@/lib/admin/schema';

/** A button and the question it asks first; a popover of the platform's own, so it needs no script. */
export async function BanDialog({ user: { uuid, username } }: { user: ManagedUserDto }) {
  const t = await getTranslations('admin');
  const composer = await getTranslations('composer');
  const id = `ban-${uuid}`;
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-haspopup="dialog"
        className={cn(buttonVariants(), 'text-danger')}
      >
        {t('ban')}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-question`}
        className="dialog-panel rounded-md border border-edge bg-raised p-6 text-ink"
      >
        <h3 id={`${id}-question`} className="text-[17px] font-[620]">
          {t('banAsk', { username })}
        </h3>
        <p className="mt-1.5 text-[14px] text-muted">{t('banExplain')}</p>
        <ActionForm
          action={banUserAction.bind(null, uuid)}
          unreachable={composer('unreachable')}
          className="mt-5 flex flex-wrap justify-end gap-2"
        >
          <button
            type="button"
            popoverTarget={id}
            popoverTargetAction="hide"
            className={buttonVariants({ variant: 'quiet' })}
          >
            {composer('cancel')}
          </button>
          <button type="submit" className={buttonVariants({ variant: 'danger-solid' })}>
            {t('banConfirm')}
          </button>
        </ActionForm>
      </div>
    </>
  );
}
