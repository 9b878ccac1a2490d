import { getTranslations } from 'next-intl/server';
import type { TextWarning } from '@/lib/text/unicode/text-warnings';

interface TextWarningNoteProps {
  warnings: readonly TextWarning[];
  /** The id of a line of the text; null where its lines are not on the page. */
  lineId: ((line: number) => string) | null;
}

/** One line above a text that is not what it looks like. Nothing for any other text. */
export async function TextWarningNote({ warnings, lineId }: TextWarningNoteProps) {
  if (warnings.length === 0) return null;
  const t = await getTranslations('textWarnings');
  const sentence = ({ kind, named, line }: TextWarning) => (
    <span key={kind}>
      {t(kind, { named: named.join(', ') })}{' '}
      {t.rich('first', {
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
      {marked.length > 0 ? <span className="text-muted">{t('marked')} </span> : null}
      {warnings.filter((warning) => !marked.includes(warning)).map(sentence)}
    </p>
  );
}

/** The same about what a paste and its files are called, which is shown without such characters. */
export async function NameWarningNote({ names }: { names: readonly TextWarning[] }) {
  if (names.length === 0) return null;
  const t = await getTranslations('textWarnings');
  return (
    <p role="note" className="text-warning gutter sm:mb-4">
      {names.map(({ kind, named }) => (
        <span key={kind}>
          {t(kind === 'mixed_scripts' ? 'mixedName' : 'invisibleName', { named: named.join(', ') })}{' '}
        </span>
      ))}
    </p>
  );
}
