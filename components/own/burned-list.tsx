import { getTranslations } from 'next-intl/server';
import { dismissBurnRecordAction } from '@/components/reading/burn/actions';
import { readTimeValues } from '@/components/reading/burn/read-times';
import { getPageText } from '@/components/request/page-text';
import { buttonVariants } from '@/components/ui/button-variants';
import { ButtonForm } from '@/components/ui/page-form';
import type { PageText } from '@/lib/core/i18n/page-text';
import type { BurnRecord } from '@/lib/pastes/burn-records';

const SHOWN = 3;

/** The user's pastes that were deleted after their last read, and when that was. */
export async function BurnedList({ records }: { records: readonly BurnRecord[] }) {
  const t = await getTranslations('own');
  const count = records.length - SHOWN;
  return (
    <section aria-labelledby="burned-heading" className="mt-6 rounded-md bg-wash p-5 max-sm:p-4">
      <h2 id="burned-heading" className="text-lg font-[620]">
        {t('burnedHeading')}
      </h2>
      <p className="mt-0.5 text-sm text-muted">{t('burnedExplain')}</p>
      <Records records={records.slice(0, SHOWN)} />
      {count > 0 ? (
        <details>
          <summary className="tap py-1 text-xs text-accent">{t('claimMore', { count })}</summary>
          <Records records={records.slice(SHOWN)} />
        </details>
      ) : null}
    </section>
  );
}

async function Records({ records }: { records: readonly BurnRecord[] }) {
  const text = await getPageText();
  const { t } = text;
  return (
    <ul className="mt-2 text-sm">
      {records.map(({ id, slug, readAt }) => (
        <li key={id} className="flex items-start gap-x-3">
          <p className="flex min-w-0 grow flex-wrap items-baseline gap-x-3 py-1.5 touch:py-0">
            <a
              href={`/${slug}`}
              className="text-link max-w-full truncate font-mono text-code touch:leading-11"
            >
              {slug}
            </a>
            <LastRead times={readAt} text={text} />
          </p>
          <ButtonForm action={dismissBurnRecordAction.bind(null, id)} className="-mr-2 shrink-0">
            <button
              type="submit"
              aria-label={t('own.burnedDismiss', { slug })}
              className={buttonVariants({ variant: 'quiet', size: 'sm' })}
            >
              {t('burning.dismiss')}
            </button>
          </ButtonForm>
        </li>
      ))}
    </ul>
  );
}

function LastRead({ times, text }: { times: readonly Date[]; text: PageText }) {
  const last = times.at(-1);
  if (!last) return null;
  return <span>{text.t.rich('own.burnedRead', { count: times.length, ...readTimeValues(last, text) })}</span>;
}
