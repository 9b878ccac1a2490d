import 'server-only';
import type { PageText } from '@/lib/core/i18n/page-text';
import { type LargeReader, shareRead, totalBytes } from '@/lib/pastes/large-reads';
import type { FileRecord } from '@/lib/pastes/queries';
import { readFileText } from '@/lib/pastes/read';
import { shownLanguage } from '@/lib/text/highlight/detect-language';
import { type RememberedViews, readViews } from '@/lib/text/rendering/remembered-views';
import { viewFor } from '@/lib/text/rendering/which-view';
import { fileLabels } from '../file-labels';
import { chooseView, shownView, usualView } from '../file-view-choice';
import { lineShare } from '../line-markup';
import type { LoadedFile } from '../loaded-file';
import type { FileMarkup } from '../render-lines';
import { fileMarkup } from './file-markup';
import { renderFile } from './render-file';

interface LoadOptions {
  /** `?view=` of the page; null to load the source only. */
  query: string | undefined | null;
  /** What the reader chose on other pages. */
  views?: RememberedViews;
  text: PageText;
  reader: LargeReader;
  /** Stores markup for `ServedMarkup`. @returns its token */
  leave: (markup: string | Uint8Array) => string;
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
      Promise.all(files.map((file, index) => fileMarkup(file, { number: index + 1, maxLines, signal }))),
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
  { place, markup, options }: { place: FilePlace; markup: FileMarkup; options: LoadOptions },
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
  return {
    number,
    label,
    language: shownLanguage(file),
    bytes,
    lines: file.lines,
    isColoured: markup.isColoured,
    isFinal: !markup.isHurried && (shown === 'source' || rendered !== null),
    warnings: markup.warnings,
    patch: markup.patch,
    markup: leave(markup.lines),
    view: kind && {
      kind,
      shown,
      usual: usualView(views[kind], { wanted, rendered }),
      rendered: rendered && { markup: leave(rendered.html), notes: rendered.notes },
    },
  };
}
