import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';
import { ButtonForm } from '@/components/ui/page-form';
import { MAX_REASON_LENGTH } from '@/lib/pastes/schema';
import { type CaseDto, REPORT_REASONS } from '@/lib/reports/schema';
import { visibleText } from '@/lib/text/unicode/display-text';
import { CaseFacts } from './case-facts';
import { hideSelectedAction } from './report-actions';

interface CaseListProps {
  entries: readonly CaseDto[];
  now: Date;
}

/** The queue: one form around all entries, to hide several at once. */
export async function CaseList({ entries, now }: CaseListProps) {
  const t = await getTranslations('moderation');
  return (
    <ButtonForm action={hideSelectedAction} className="mt-5">
      <ul className="border-t border-hair">
        {entries.map((entry) => (
          <CaseRow key={entry.id} entry={entry} now={now} />
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap items-end gap-2">
        <label className="flex grow flex-col gap-1.5 text-sm font-medium sm:max-w-fields">
          {t('hideReason')}
          <input
            name="reason"
            maxLength={MAX_REASON_LENGTH}
            autoComplete="off"
            className="h-10 w-full rounded-md border border-edge bg-raised px-3 text-base font-normal"
          />
        </label>
        <button type="submit" className={buttonVariants({ size: 'lg' })}>
          {t('hideSelected')}
        </button>
      </div>
    </ButtonForm>
  );
}

async function CaseRow({ entry, now }: { entry: CaseDto; now: Date }) {
  const t = await getTranslations('moderation');
  const reports = await getTranslations('reports');
  const { id, slug, paste, appeal } = entry;
  const given = REPORT_REASONS.filter((reason) => entry.reasons[reason] !== undefined);
  return (
    <li className="flex gap-3 border-b border-hair py-4 has-checked:bg-wash">
      {paste === null || paste.hidden ? (
        <span className="w-4 shrink-0" />
      ) : (
        <label className="-my-4 -ml-3 flex shrink-0 items-start px-3 pt-[21px]">
          <span className="sr-only">{t('select', { slug })}</span>
          <input type="checkbox" name="slug" value={slug} className="size-4 accent-accent" />
        </label>
      )}
      <div className="min-w-0 grow">
        <h2 className="text-base font-semibold [overflow-wrap:anywhere]">
          <a href={`/admin/reports/${id}`} className="tap hover:text-accent touch:-my-2.5">
            <bdi>{visibleText(paste?.title ?? '') || t('untitled')}</bdi>
          </a>{' '}
          <span className="font-mono text-xs font-normal text-muted">{slug}</span>
        </h2>
        <p className="mt-0.5 text-sm">
          {appeal === null ? (
            <>
              <span className="font-medium text-danger">{t('count', { count: entry.reports })}</span>
              {given.length === 0
                ? null
                : ` · ${given.map((reason) => reports(`reasons.${reason}`)).join(', ')}`}
            </>
          ) : (
            <span className="font-medium text-accent">{t('appealed')}</span>
          )}
        </p>
        <CaseFacts entry={entry} now={now} />
      </div>
      <a
        href={`/admin/reports/${id}`}
        className={`${buttonVariants({ size: 'sm' })} shrink-0 self-start`}
        aria-label={`${t('open')}: ${slug}`}
      >
        {t('open')}
      </a>
    </li>
  );
}
