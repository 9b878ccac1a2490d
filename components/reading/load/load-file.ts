import 'server-only';
import type { LateBytes } from '@/components/request/mark-replacer';
import type { PageText } from '@/lib/core/i18n/page-text';
import { type LargeReader, shareRead, totalBytes } from '@/lib/pastes/large-reads';
import type { FileRecord } from '@/lib/pastes/queries';
import { readFileText } from '@/lib/pastes/read';
import { shownLanguage } from '@/lib/text/highlight/detect-language';
import { escapeHtml } from '@/lib/text/rendering/escape-html';
import { type RememberedViews, readViews } from '@/lib/text/rendering/remembered-views';
import { viewFor } from '@/lib/text/rendering/which-view';
import { fileLabels } from '../file-labels';
import { chooseView, shownView, usualView } from '../file-view-choice';
import { lineShare } from '../line-markup';
import type { LoadedFile } from '../loaded-file';
import { type FileMarkup, linesFrom } from '../render-lines';
import { type FileStart, startMarkup } from './file-markup';
import { renderFile } from './render-file';

const NOTHING = new Uint8Array();

interface LoadOptions {
  /** `?view=` of the page; null to load the source only. */
  query: string | undefined | null;
  /** What the reader chose on other pages. */
  views?: RememberedViews;
  text: PageText;
  reader: LargeReader;
  /** Stores markup for `ServedMarkup`. @returns its token */
  leave: (markup: string | Uint8Array) => string;
  /** As `leave`, for a response that can wait for bytes. @returns null if this one cannot */
  leaveLate?: (markup: LateBytes) => string | null;
  /** Calls `work` when the response is complete. */
  afterwards: (work: () => void) => void;
}

interface FilePlace {
  number: number;
  label: string;
  /** All files of the page. */
  files: readonly FileRecord[];
}

/** Reads, highlights and renders the files of a page. @throws AppError storage_unavailable, overloaded */
export async function loadFiles(files: readonly FileRecord[], options: LoadOptions): Promise<LoadedFile[]> {
  const labels = fileLabels(files, options.text);
  const maxLines = lineShare(files);
  const read = await shareRead(JSON.stringify(files.map(({ key, language }) => [key, language])), {
    bytes: totalBytes(files),
    reader: options.reader,
    load: (signal) =>
      Promise.all(files.map((file, index) => startMarkup(file, { number: index + 1, maxLines, signal }))),
  });
  options.afterwards(read.end);
  return Promise.all(
    read.value.map((markup, index) => {
      const file = files[index] as FileRecord;
      const place = { number: index + 1, label: labels[index] ?? '', files };
      return loadFile(file, { place, markup, options });
    }),
  );
}

async function loadFile(
  file: FileRecord,
  { place, markup, options }: { place: FilePlace; markup: FileMarkup | FileStart; options: LoadOptions },
): Promise<LoadedFile> {
  const { bytes, key } = file;
  const { number, label, files } = place;
  const { query, views = readViews(undefined), text: pageText, leave } = options;
  const kind = query === null || bytes === 0 ? null : viewFor(file);
  const wanted = chooseView({ query: query ?? undefined, kind, fileNumber: number, views });
  const rendered =
    kind !== null && wanted !== 'source'
      ? await renderFile({
          kind,
          onlyDefault: wanted === 'auto',
          key,
          readText: () => readFileText(file),
          files,
          fileNumber: number,
          label,
          pageText,
        })
      : null;
  const shown = shownView(wanted, rendered);
  const source = await leaveSource(markup, number, options);
  return {
    ...source,
    number,
    label,
    language: shownLanguage(file),
    bytes,
    lines: file.lines,
    isFinal: source.isFinal && (shown === 'source' || rendered !== null),
    warnings: markup.warnings,
    patch: markup.patch,
    view: kind && {
      kind,
      shown,
      usual: usualView(views[kind], { wanted, rendered }),
      rendered: rendered && { markup: leave(rendered.html), notes: rendered.notes },
    },
  };
}

type LateOptions = Pick<LoadOptions, 'text'> & Required<Pick<LoadOptions, 'leaveLate'>>;

type Source = Pick<LoadedFile, 'isColoured' | 'lateNote' | 'isFinal' | 'markup'>;

async function leaveSource(
  markup: FileMarkup | FileStart,
  number: number,
  options: LoadOptions,
): Promise<Source> {
  const { leaveLate, text } = options;
  const late = leaveLate && 'whole' in markup ? leaveLateSource(markup, number, { leaveLate, text }) : null;
  if (late) return late;
  const { isColoured, isHurried, lines } = 'whole' in markup ? await markup.whole : markup;
  return { isColoured, lateNote: null, isFinal: !isHurried, markup: options.leave(lines) };
}

/** @returns null if the response cannot wait for the rest of the file */
function leaveLateSource(
  { first, whole }: FileStart,
  number: number,
  { leaveLate, text }: LateOptions,
): Source | null {
  const markup = leaveLate({
    start: first.lines,
    rest: whole.then(({ lines }) => linesFrom(lines, { file: number, line: first.next })),
  });
  if (markup === null) return null;
  const note = Buffer.from(escapeHtml(text.t('reading.plainRest')));
  const lateNote = leaveLate({
    start: NOTHING,
    rest: whole.then(({ isColoured }) => (isColoured ? NOTHING : note)),
  });
  return { isColoured: true, lateNote, isFinal: false, markup };
}
