import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { momentValues } from '@/components/reading/moment';
import { getPageText } from '@/components/request/page-text';
import type { CaseDetailDto } from '@/lib/reports/schema';
import { visibleText } from '@/lib/text/unicode/display-text';

interface CaseViewProps {
  entry: CaseDetailDto;
  now: Date;
}

/** What moderators decide about: the reports, the appeal, the text as plain text, and similar pastes. */
export async function CaseView({ entry, now }: CaseViewProps) {
  const t = await getTranslations('moderation');
  const { appeal, decision, similar } = entry;
  return (
    <>
      {appeal === null ? null : (
        <Section heading={t('appealHeading')}>
          <p className="text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
            <bdi>{visibleText(appeal)}</bdi>
          </p>
        </Section>
      )}
      {decision === null ? null : <p className="mt-3 text-sm text-muted">{t(`earlier.${decision}`)}</p>}
      {entry.items.length === 0 ? null : (
        <Section heading={t('reportsHeading')}>
          <Reports entry={entry} now={now} />
        </Section>
      )}
      <Section heading={t('textHeading')}>
        <Texts content={entry.content} />
      </Section>
      {similar.length === 0 ? null : (
        <Section heading={t('similarHeading')}>
          <Similar similar={similar} now={now} />
        </Section>
      )}
    </>
  );
}

function Section({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section className="mt-7">
      <h2 className="mb-2 text-lg font-[620]">{heading}</h2>
      {children}
    </section>
  );
}

async function Reports({ entry, now }: CaseViewProps) {
  const t = await getTranslations('moderation');
  const reports = await getTranslations('reports');
  const text = await getPageText();
  return (
    <ul className="border-t border-hair">
      {entry.items.map((report) => (
        <li key={report.created_at + report.details} className="border-b border-hair py-2.5 text-sm">
          <ul className="dotted flex flex-wrap text-xs text-muted">
            <li className="font-medium text-ink">{reports(`reasons.${report.reason}`)}</li>
            <li>{t.rich('last', momentValues(new Date(report.created_at), now, text))}</li>
            {report.has_key ? <li>{t('hasKey')}</li> : null}
            {report.edited_since ? <li className="font-medium text-danger">{t('editedSince')}</li> : null}
            {report.wants_answer ? <li>{t('wantsAnswer')}</li> : null}
          </ul>
          <p className="mt-0.5 whitespace-pre-wrap [overflow-wrap:anywhere]">
            <bdi>{report.details === '' ? t('noDetails') : visibleText(report.details)}</bdi>
          </p>
        </li>
      ))}
    </ul>
  );
}

async function Texts({ content: { state, files, cut } }: { content: CaseDetailDto['content'] }) {
  const t = await getTranslations('moderation');
  if (state !== 'text') return <p className="text-sm text-muted">{t(`states.${state}`)}</p>;
  return (
    <>
      {files.map(({ name, text }, index) => {
        const label = visibleText(name) || t('unnamed', { number: index + 1 });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: files have no other identity
          <div key={index} className="mb-3">
            {files.length > 1 ? <h3 className="mb-1 font-mono text-xs text-muted">{label}</h3> : null}
            <section
              // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by the keyboard
              tabIndex={0}
              aria-label={label}
              className="max-h-[420px] overflow-auto rounded-md border border-hair bg-raised p-3"
            >
              <pre
                dir="auto"
                className="font-mono text-xs leading-relaxed whitespace-pre-wrap [overflow-wrap:anywhere]"
              >
                {text}
              </pre>
            </section>
          </div>
        );
      })}
      {cut ? <p className="text-xs text-muted">{t('cut')}</p> : null}
    </>
  );
}

async function Similar({ similar, now }: { similar: CaseDetailDto['similar']; now: Date }) {
  const t = await getTranslations('moderation');
  const text = await getPageText();
  return (
    <ul className="border-t border-hair">
      {similar.map(({ slug, owner, created_at, same }) => (
        <li key={slug} className="border-b border-hair py-2.5">
          <ul className="dotted flex flex-wrap text-sm text-muted">
            <li>
              <a href={`/${slug}`} className="tap font-mono text-link touch:-my-2.5">
                {slug}
              </a>
            </li>
            <li>{t(same === 'text' ? 'sameText' : 'sameAuthor')}</li>
            <li>{owner === null ? t('anonymous') : t('by', { username: owner })}</li>
            <li>{t.rich('created', momentValues(new Date(created_at), now, text))}</li>
          </ul>
        </li>
      ))}
    </ul>
  );
}
