import type { PageText } from '@/lib/core/i18n/page-text';
import { CodeView } from './code-view';
import { linePrefix } from './line-markup';
import type { LoadedFile } from './loaded-file';
import { ServedMarkup } from './served-markup';
import { TextWarningNote } from './text-warning-note';

interface FileViewProps {
  file: LoadedFile;
  /** Whether fields of the page choose the view, as `ViewChoice` does. */
  isChosenByField?: boolean | undefined;
  text: PageText;
}

/** A file as source or rendered; the source stays in the page, for copying and links to lines. */
export function FileView({ file, isChosenByField = false, text }: FileViewProps) {
  const isSourceShown = !file.view?.rendered || file.view.shown === 'source';
  return (
    <>
      <TextWarningNote
        warnings={file.warnings}
        text={text}
        lineId={isSourceShown ? (line) => `${linePrefix(file.number)}L${line}` : null}
      />
      <ShownFile file={file} isChosenByField={isChosenByField} text={text} />
    </>
  );
}

function ShownFile({ file, isChosenByField = false, text }: FileViewProps) {
  const { view, number, label } = file;
  if (!view) return <CodeView file={file} text={text} />;
  const { t } = text;
  if (!view.rendered) {
    return (
      <>
        {view.shown === 'rendered' ? (
          <p className="gutter pb-3 text-xs text-muted">{t(`rendered.not.${view.kind}`)}</p>
        ) : null}
        <CodeView file={file} text={text} />
      </>
    );
  }
  return (
    <div id={`views-${number}`} className="file-views" data-view={isChosenByField ? undefined : view.shown}>
      <section
        aria-label={t('rendered.of', { name: label })}
        className="view-rendered border-y border-hair bg-raised"
        data-kind={view.kind}
      >
        {view.rendered.notes.map((note) => (
          <p key={note} className="gutter border-b border-hair py-2 text-xs text-muted">
            {note}
          </p>
        ))}
        <ServedMarkup
          token={view.rendered.markup}
          className={view.kind === 'markdown' ? 'prose' : 'data-view'}
        />
      </section>
      <div className="view-source">
        <CodeView file={file} text={text} />
      </div>
    </div>
  );
}
