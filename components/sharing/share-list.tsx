import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { NativeSelect } from '@/components/ui/native-select';
import { SHARE_ROLES } from '@/lib/sharing/schema';
import { mailShareAgainAction, revokeShareAction, updateShareAction } from './actions';
import { Opened } from './opened';
import type { ShownShare } from './shown-shares';

interface ShareListProps {
  slug: string;
  shares: readonly ShownShare[];
  /** Whether a mail about it could lead anywhere. */
  canMail: boolean;
  now: Date;
}

/** Whom a paste is shared with: what they may do, whether they opened it, and how to take it back. */
export async function ShareList({ slug, shares, canMail, now }: ShareListProps) {
  return (
    <ul className="-mt-3">
      {shares.map((share) => (
        <ShareRow key={share.id} slug={slug} share={share} canMail={canMail} now={now} />
      ))}
    </ul>
  );
}

interface ShareRowProps extends Pick<ShareListProps, 'slug' | 'canMail' | 'now'> {
  share: ShownShare;
}

async function ShareRow({ slug, share, canMail, now }: ShareRowProps) {
  const t = await getTranslations('sharing');
  const composer = await getTranslations('composer');
  const { id, email, contactName, role } = share;
  const name = contactName ?? email;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-hair py-3 last:border-b-0 last:pb-0">
      <div className="min-w-0 grow basis-[11rem]">
        <p className="font-medium [overflow-wrap:anywhere]">
          <bdi>{name}</bdi>
        </p>
        <ul className="dotted flex flex-wrap text-xs text-muted">
          {contactName === null ? null : <li className="[overflow-wrap:anywhere]">{email}</li>}
          <li>
            <Opened at={share.openedAt} now={now} />
          </li>
        </ul>
        {canMail ? (
          <ActionForm
            action={mailShareAgainAction.bind(null, slug, id)}
            unreachable={composer('unreachable')}
          >
            <button
              type="submit"
              aria-label={t('mailAgainTo', { name })}
              className="min-h-6 text-xs text-muted underline decoration-edge underline-offset-3 hover:text-ink hover:decoration-current"
            >
              {t('mailAgain')}
            </button>
          </ActionForm>
        ) : null}
      </div>
      <div className="flex items-center gap-1 max-sm:w-full max-sm:-ml-2">
        <ActionForm
          action={updateShareAction.bind(null, slug, id)}
          unreachable={composer('unreachable')}
          className="group flex flex-wrap items-center gap-1"
        >
          <NativeSelect name="role" defaultValue={role} aria-label={t('roleOf', { name })}>
            {SHARE_ROLES.map((one) => (
              <option key={one} value={one}>
                {t(`roles.${one}`)}
              </option>
            ))}
          </NativeSelect>
          {/* There is nothing to keep until another one is chosen. */}
          <button
            type="submit"
            aria-label={t('changeRoleOf', { name })}
            className={cn(
              buttonVariants({ size: 'sm' }),
              'group-not-has-[option:checked:not([selected])]:hidden',
            )}
          >
            {t('changeRole')}
          </button>
        </ActionForm>
        <ActionForm
          action={revokeShareAction.bind(null, slug, id)}
          unreachable={composer('unreachable')}
          className="max-sm:ml-auto"
        >
          <button
            type="submit"
            aria-label={t('revokeFrom', { name })}
            className={buttonVariants({ variant: 'danger', size: 'sm' })}
          >
            {t('revoke')}
          </button>
        </ActionForm>
      </div>
    </li>
  );
}
