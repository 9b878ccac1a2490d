import { getTranslations } from 'next-intl/server';
import { titleOf } from '@/components/reading/display';
import { Moment } from '@/components/reading/moment';
import { claimPastesAction } from '@/components/reading/owner/actions';
import { getPageText } from '@/components/request/page-text';
import { buttonVariants } from '@/components/ui/button-variants';
import { ButtonForm } from '@/components/ui/page-form';
import type { PasteRecord } from '@/lib/pastes/queries';

const SHOWN = 4;

/** Offers the pastes created in this browser before its user signed in. */
export async function ClaimBox({ pastes, now }: { pastes: readonly PasteRecord[]; now: Date }) {
  const t = await getTranslations('own');
  const count = pastes.length;
  return (
    <section aria-labelledby="claim-heading" className="mt-6 rounded-md bg-wash p-5 max-sm:p-4">
      <h2 id="claim-heading" className="text-lg font-[620]">
        {t('claimHeading', { count })}
      </h2>
      <p className="mt-0.5 text-sm text-muted">{t('claimExplain', { count })}</p>
      <ClaimList pastes={pastes.slice(0, SHOWN)} now={now} />
      {count > SHOWN ? (
        <details>
          <summary className="tap py-1 text-xs text-accent">
            {t('claimMore', { count: count - SHOWN })}
          </summary>
          <ClaimList pastes={pastes.slice(SHOWN)} now={now} />
        </details>
      ) : null}
      <ButtonForm action={claimPastesAction} className="mt-3 flex flex-wrap gap-2">
        <button type="submit" className={buttonVariants({ variant: 'primary' })}>
          {t('claim', { count })}
        </button>
      </ButtonForm>
    </section>
  );
}

async function ClaimList({ pastes, now }: { pastes: readonly PasteRecord[]; now: Date }) {
  const text = await getPageText();
  return (
    <ul className="mt-2 text-sm">
      {pastes.map((paste) => (
        <li key={paste.id} className="flex flex-wrap items-baseline gap-x-3 py-0.5">
          <a href={`/${paste.slug}`} className="text-link max-w-full truncate touch:leading-11">
            <bdi>{titleOf(paste, text)}</bdi>
          </a>
          <span className="text-xs text-muted">
            <Moment event="made" at={paste.createdAt} now={now} text={text} />
          </span>
        </li>
      ))}
    </ul>
  );
}
