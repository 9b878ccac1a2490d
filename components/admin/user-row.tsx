import { getTranslations } from 'next-intl/server';
import { momentValues } from '@/components/reading/moment';
import { getPageText } from '@/components/request/page-text';
import { Avatar } from '@/components/ui/avatar';
import type { ManagedUserDto } from '@/lib/admin/schema';
import { displayEmail } from '@/lib/core/email-display';
import { visibleText } from '@/lib/text/unicode/display-text';
import { UserControls } from './user-controls';

interface UserRowProps {
  user: ManagedUserDto;
  now: Date;
  /** Users cannot change their own role or access. */
  isSelf: boolean;
}

/** One account: its name, its numbers, and a menu of actions. */
export async function UserRow({ user, now, isSelf }: UserRowProps) {
  const t = await getTranslations('admin');
  const isBanned = user.banned_at !== null;
  const name = visibleText(user.name ?? '');
  return (
    <li className="flex gap-3.5 border-b border-hair py-4">
      <Avatar src={user.profile_image_url} size={40} className={isBanned ? 'opacity-50' : ''} />
      <div className="min-w-0 grow">
        <h2 className="flex flex-wrap items-baseline gap-x-2 text-base font-semibold [overflow-wrap:anywhere]">
          {isBanned || !user.email_verified ? (
            user.username
          ) : (
            <a href={`/u/${user.username}`} className="tap hover:text-accent touch:-mt-2.5">
              {user.username}
            </a>
          )}
          {name === '' ? null : <bdi className="text-sm font-normal text-muted">{name}</bdi>}
        </h2>
        <p className="text-sm [overflow-wrap:anywhere]">{displayEmail(user.email)}</p>
        <ul className="dotted mt-0.5 flex flex-wrap text-xs text-muted">
          <li className={user.role === 'user' ? '' : 'font-medium text-accent'}>{t(`roles.${user.role}`)}</li>
          {isBanned ? <li className="font-medium text-danger">{t('isBanned')}</li> : null}
          {user.email_verified ? null : <li className="text-ink">{t('unverified')}</li>}
          <li>{t('pastes', { count: user.pastes })}</li>
          <li>{t('sessions', { count: user.sessions })}</li>
          <li>{t.rich('since', momentValues(new Date(user.created_at), now, await getPageText()))}</li>
        </ul>
        {isSelf ? <p className="mt-1 text-xs text-muted">{t('self')}</p> : <UserControls user={user} />}
      </div>
    </li>
  );
}
