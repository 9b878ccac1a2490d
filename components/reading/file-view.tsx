import { getTranslations } from 'next-intl/server';
import { CodeView } from './code-view';
import { linePrefix } from './line-markup';
import type { LoadedFile } from './loaded-file';
import { ServedMarkup } from './served-markup';
import { TextWarningNote } from './text-warning-note';

/** A file as its source, or as what it describes with the source behind: copied, and found by its lines. */
export async function FileView({ file }: { file: LoadedFile }) {
  const isSourceShown = !file.view?.rendered;
  return (
    <>
      <TextWarningNote
        warnings={file.warnings}
        lineId={isSourceShown ? (line) => `${linePrefix(file.number)}L${line}` : null}
      />
      <ShownFile file={file} />
    </>
  );
}

async function ShownFile({ file }: { file: LoadedFile }) {
  const { view, number, label } = file;
  if (!view) return <CodeView file={file} />;
  const t = await getTranslations('rendered');
  if (!view.rendered) {
    return (
      <>
        {view.shown === 'rendered' ? (
          <p className="gutter pb-3 text-[13px] text-muted">{t(`not.${view.kind}`)}</p>
        ) : null}
        <CodeView file={file} />
      </>
    );
  }
  return (
    <div id={`views-${number}`} className="file-views" data-view="rendered">
      <section
        aria-label={t('of', { name: label })}
        className="view-rendered border-y border-hair bg-raised"
        data-kind={view.kind}
      >
        {view.rendered.notes.map((note) => (
          <p key={note} className="gutter border-b border-hair py-2 text-[13px] text-muted">
            {note}
          </p>
        ))}
        <ServedMarkup
          token={view.rendered.markup}
          className={view.kind === 'markdown' ? 'prose' : 'data-view'}
        />
      </section>
      <div className="view-source">
        <CodeView file={file} />
      </div>
    </div>
  );
}
