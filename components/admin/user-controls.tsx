import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { NativeSelect } from '@/components/ui/native-select';
import { Options } from '@/components/ui/options';
import { ButtonForm } from '@/components/ui/page-form';
import { ROLES } from '@/lib/accounts/users/schema';
import type { ManagedUserDto } from '@/lib/admin/schema';
import { changeRoleAction, endSessionsAction, unbanUserAction } from './actions';
import { BanDialog } from './ban-dialog';
import { EraseDialog } from './erase-dialog';

/** Each its own form, so that nothing is done along with something else. */
export async function UserControls({ user }: { user: ManagedUserDto }) {
  const t = await getTranslations('admin');
  const { uuid, username } = user;
  return (
    <details className="mt-1.5">
      <summary
        aria-label={t('manageNamed', { username })}
        className="tap rounded-sm text-xs text-accent hover:underline"
      >
        {t('manage')}
      </summary>
      <div className="mt-2 flex flex-wrap items-start gap-x-2 gap-y-2.5">
        <ButtonForm action={changeRoleAction.bind(null, uuid)} className="flex flex-wrap gap-2">
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
        </ButtonForm>
        {user.sessions > 0 ? (
          <ButtonForm action={endSessionsAction.bind(null, uuid)}>
            <button type="submit" className={buttonVariants()}>
              {t('endSessions')}
            </button>
          </ButtonForm>
        ) : null}
        {user.banned_at === null ? (
          <BanDialog user={user} />
        ) : (
          <ButtonForm action={unbanUserAction.bind(null, uuid)}>
            <button type="submit" className={buttonVariants()}>
              {t('unban')}
            </button>
          </ButtonForm>
        )}
        <EraseDialog user={user} />
      </div>
    </details>
  );
}
