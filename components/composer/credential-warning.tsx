import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/class-names';
import type { CredentialReport } from '@/lib/text/credentials/report-credentials';
import { intentOf, SAVE_CHOICES, type SaveChoice } from './save-choice';

export interface CredentialWarningProps {
  report: CredentialReport;
  /** What each file is called, and the panel that holds it. */
  files: readonly { label: string; panelId: string }[];
  canBePrivate: boolean;
  canBeSecret: boolean;
  onLine: (place: { file: number; line: number }) => void;
}

/** Asks what to do about credentials in a text that others will read. The choices are buttons of the form. */
export function CredentialWarning({
  report,
  files,
  canBePrivate,
  canBeSecret,
  onLine,
}: CredentialWarningProps) {
  const t = useTranslations('credentials');
  const { listed, more, isCut } = report;
  const isOffered: Partial<Record<SaveChoice, boolean>> = { private: canBePrivate, secret: canBeSecret };
  const choices = SAVE_CHOICES.filter((choice) => isOffered[choice] ?? true);
  return (
    <section
      aria-labelledby="credentials-heading"
      aria-describedby="credentials-explain"
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: without JavaScript the page opens at the question
      autoFocus
      data-credentials={JSON.stringify(report)}
      className="gutter border-b border-hair bg-danger-wash py-4 text-sm focus-visible:-outline-offset-2 max-md:-order-1"
    >
      <h2 id="credentials-heading" className="text-base font-semibold text-danger">
        {t('heading')}
      </h2>
      <p id="credentials-explain" className="mt-1 max-w-measure">
        {t('explain')}
      </p>
      <ul className="credential-list">
        {listed.map(({ file, line, kind }) => (
          <li key={`${file}.${line}.${kind}`} className="flex flex-wrap items-baseline gap-x-2">
            <a
              href={`#${files[file]?.panelId}`}
              className="tap text-link min-w-0 [overflow-wrap:anywhere]"
              onClick={(event) => {
                event.preventDefault();
                onLine({ file, line });
              }}
            >
              {t('place', { file: files[file]?.label ?? '', line })}
            </a>{' '}
            <span className="text-muted">{t(`kinds.${kind}`)}</span>
          </li>
        ))}
      </ul>
      {more === 0 ? null : (
        <p className="mb-3 text-muted">{t(isCut ? 'moreThan' : 'more', { count: more })}</p>
      )}
      <div className="flex flex-wrap gap-2">
        {choices.map((choice) => (
          <Button
            key={choice}
            type="submit"
            name="intent"
            value={intentOf(choice)}
            variant={choice === 'mask' ? 'primary' : 'plain'}
            className={cn('max-sm:grow', choice === 'secret' && 'needs-script')}
          >
            {t(choice)}
          </Button>
        ))}
      </div>
    </section>
  );
}
