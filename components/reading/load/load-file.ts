import 'server-only';
import { LRUCache } from 'lru-cache';
import type { PageText } from '@/lib/core/i18n/page-text';
import type { FileRecord } from '@/lib/pastes/queries';
import { readFileText } from '@/lib/pastes/read';
import { highlightCached } from '@/lib/text/highlight/cache';
import { markInvisible } from '@/lib/text/rendering/mark-invisible';
import { viewFor } from '@/lib/text/rendering/which-view';
import { type TextWarning, textWarnings } from '@/lib/text/unicode/text-warnings';
import { fileLabels } from '../file-labels';
import { chooseView } from '../file-view-choice';
import { lineMarkup, linePrefix, lineShare } from '../line-markup';
import type { LoadedFile } from '../loaded-file';
import { renderFile } from './render-file';

const warningsByKey = new LRUCache<string, TextWarning[]>({ max: 2_000 });

interface LoadOptions {
  /** `?view=` of the page; null to load the source only. */
  query: string | undefined | null;
  text: PageText;
  /** Stores markup for `ServedMarkup`. @returns its token */
  leave: (html: string) => string;
}

interface FilePlace {
  number: number;
  label: string;
  /** See `lineShare`. */
  maxLines: number;
}

/** Reads, highlights and renders the files of a page. @throws AppError storage_unavailable */
export async function loadFiles(files: readonly FileRecord[], options: LoadOptions): Promise<LoadedFile[]> {
  const labels = fileLabels(files, options.text);
  const maxLines = lineShare(files);
  return Promise.all(
    files.map((file, index) =>
      loadFile(file, { number: index + 1, label: labels[index] ?? '', maxLines }, options),
    ),
  );
}

async function loadFile(
  file: FileRecord,
  { number, label, maxLines }: FilePlace,
  { query, text: pageText, leave }: LoadOptions,
): Promise<LoadedFile> {
  const { language, bytes, key } = file;
  const text = await readFileText(file);
  const highlighted = await highlightCached({ key, text, language });
  const endsInBreak = text.endsWith('\n') || text.endsWith('\r');
  const prefix = linePrefix(number);
  const lines = lineMarkup(highlighted, { prefix, endsInBreak, isDiff: language === 'diff', maxLines });
  const markup = leave(markInvisible(lines));
  const kind = query === null || bytes === 0 ? null : viewFor(file);
  const shown = chooseView({ query: query ?? undefined, kind, fileNumber: number });
  const rendered =
    kind !== null && shown === 'rendered'
      ? await renderFile({ kind, key, text, label, fileNumber: number, pageText })
      : null;
  return {
    number,
    label,
    language,
    bytes,
    lines: file.lines,
    isColoured: highlighted.complete,
    warnings: knownWarnings(key, text),
    markup,
    view: kind && {
      kind,
      shown,
      rendered: rendered && { markup: leave(rendered.html), notes: rendered.notes },
    },
  };
}

/** Bodies never change, so each is checked once. */
function knownWarnings(key: string, text: string): TextWarning[] {
  const known = warningsByKey.get(key);
  if (known) return known;
  const warnings = textWarnings(text);
  warningsByKey.set(key, warnings);
  return warnings;
}
