import type { PageText } from '@/lib/core/i18n/page-text';
import type { TextWarning } from '@/lib/text/unicode/text-warnings';

interface TextWarningNoteProps {
  warnings: readonly TextWarning[];
  /** The id of a line; null if its lines are not on the page. */
  lineId: ((line: number) => string) | null;
  text: PageText;
}

/** A warning above a text with invisible or misleading characters; nothing for other texts. */
export function TextWarningNote({ warnings, lineId, text: { t } }: TextWarningNoteProps) {
  if (warnings.length === 0) return null;
  const sentence = ({ kind, named, line }: TextWarning) => (
    <span key={kind}>
      {t(`textWarnings.${kind}`, { named: named.join(', ') })}{' '}
      {t.rich('textWarnings.first', {
        number: line,
        place: (words) =>
          lineId === null ? (
            words
          ) : (
            <a href={`#${lineId(line)}`} className="text-link">
              {words}
            </a>
          ),
      })}{' '}
    </span>
  );
  const marked = warnings.filter(({ kind }) => kind !== 'mixed_scripts');
  return (
    <p role="note" className="text-warning gutter">
      {marked.map(sentence)}
      {marked.length > 0 ? <span className="text-muted">{t('textWarnings.marked')} </span> : null}
      {warnings.filter((warning) => !marked.includes(warning)).map(sentence)}
    </p>
  );
}

interface NameWarningNoteProps {
  names: readonly TextWarning[];
  text: PageText;
}

/** The same warning for titles and file names, which are shown without such characters. */
export function NameWarningNote({ names, text: { t } }: NameWarningNoteProps) {
  if (names.length === 0) return null;
  return (
    <p role="note" className="text-warning gutter sm:mb-4">
      {names.map(({ kind, named }) => (
        <span key={kind}>
          {t(kind === 'mixed_scripts' ? 'textWarnings.mixedName' : 'textWarnings.invisibleName', {
            named: named.join(', '),
          })}{' '}
        </span>
      ))}
    </p>
  );
}
