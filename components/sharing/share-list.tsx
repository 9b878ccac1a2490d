import { getTranslations } from 'next-intl/server';
import type { ShownShare } from '@/components/contacts/shown-shares';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import { NativeSelect } from '@/components/ui/native-select';
import { Options } from '@/components/ui/options';
import { ButtonForm } from '@/components/ui/page-form';
import { displayEmail } from '@/lib/core/email-display';
import { SHARE_ROLES } from '@/lib/sharing/roles';
import { mailShareAgainAction, revokeShareAction, updateShareAction } from './actions';
import { Opened } from './opened';

interface ShareListProps {
  slug: string;
  shares: readonly ShownShare[];
  /** Whether the paste can be opened from a mail. */
  canMail: boolean;
  now: Date;
}

/** The shares of a paste: role, whether it was opened, and controls to revoke it. */
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
  const { id, contactName, role } = share;
  const email = displayEmail(share.email);
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
          <ButtonForm action={mailShareAgainAction.bind(null, slug, id)}>
            <button
              type="submit"
              aria-label={t('mailAgainTo', { name })}
              className="min-h-6 text-xs text-muted underline decoration-edge underline-offset-3 hover:text-ink hover:decoration-current"
            >
              {t('mailAgain')}
            </button>
          </ButtonForm>
        ) : null}
      </div>
      <div className="flex items-center gap-1 max-sm:-mx-2 max-sm:w-[calc(100%+16px)]">
        <ButtonForm
          action={updateShareAction.bind(null, slug, id)}
          className="group flex flex-wrap items-center gap-1"
        >
          <NativeSelect name="role" defaultValue={role} aria-label={t('roleOf', { name })}>
            <Options values={SHARE_ROLES} label={(one) => t(`roles.${one}`)} />
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
        </ButtonForm>
        <ButtonForm action={revokeShareAction.bind(null, slug, id)} className="max-sm:ml-auto">
          <button
            type="submit"
            aria-label={t('revokeFrom', { name })}
            className={buttonVariants({ variant: 'danger', size: 'sm' })}
          >
            {t('revoke')}
          </button>
        </ButtonForm>
      </div>
    </li>
  );
}
