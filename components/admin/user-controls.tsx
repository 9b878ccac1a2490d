import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { buttonVariants } from '@/components/ui/button-variants';
import { NativeSelect } from '@/components/ui/native-select';
import { Options } from '@/components/ui/options';
import { ROLES } from '@/lib/accounts/users/schema';
import type { ManagedUserDto } from '@/lib/admin/schema';
import { changeRoleAction, endSessionsAction, unbanUserAction } from './actions';
import { BanDialog } from './ban-dialog';

/** Each its own form, so that nothing is done along with something else. */
export async function UserControls({ user }: { user: ManagedUserDto }) {
  const t = await getTranslations('admin');
  const unreachable = (await getTranslations('composer'))('unreachable');
  const { uuid, username } = user;
  return (
    <details className="mt-1.5">
      <summary
        aria-label={t('manageNamed', { username })}
        className="inline-block rounded-sm text-xs text-accent hover:underline"
      >
        {t('manage')}
      </summary>
      <div className="mt-2 flex flex-wrap items-start gap-x-2 gap-y-2.5">
        <ActionForm
          action={changeRoleAction.bind(null, uuid)}
          unreachable={unreachable}
          className="flex flex-wrap gap-2"
        >
          <NativeSelect
            name="role"
            defaultValue={user.role}
            aria-label={t('roleOf', { username })}
            className="border-edge bg-raised"
          >
            <Options values={ROLES} label={(name) => t(`roles.${name}`)} />
          </NativeSelect>
          <button type="submit" className={buttonVariants()}>
            {t('changeRole')}
          </button>
        </ActionForm>
        {user.sessions > 0 ? (
          <ActionForm action={endSessionsAction.bind(null, uuid)} unreachable={unreachable}>
            <button type="submit" className={buttonVariants()}>
              {t('endSessions')}
            </button>
          </ActionForm>
        ) : null}
        {user.banned_at === null ? (
          <BanDialog user={user} />
        ) : (
          <ActionForm action={unbanUserAction.bind(null, uuid)} unreachable={unreachable}>
            <button type="submit" className={buttonVariants()}>
              {t('unban')}
            </button>
          </ActionForm>
        )}
      </div>
    </details>
  );
}
