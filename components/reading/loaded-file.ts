import 'server-only';
import { LRUCache } from 'lru-cache';
import { after } from 'next/server';
import type { FileRecord } from '@/lib/pastes/queries';
import { readFileText } from '@/lib/pastes/service';
import { highlightCached } from '@/lib/text/highlight/cache';
import { markInvisible } from '@/lib/text/rendering/mark-invisible';
import { type View, viewFor } from '@/lib/text/rendering/which-view';
import { type TextWarning, textWarnings } from '@/lib/text/unicode/text-warnings';
import { chooseView, type Shown } from './file-view-choice';
import { lineMarkup, linePrefix } from './line-markup';
import { discardMarkup, leaveMarkup } from './markup-handover';
import { renderFile } from './render-file';

/** A file ready to be shown. */
export interface LoadedFile {
  number: number;
  /** What it is called on the page, different from all others there. */
  label: string;
  language: string;
  bytes: number;
  lines: number;
  isColoured: boolean;
  /** In what the text differs from what it looks like. */
  warnings: TextWarning[];
  /** For `ServedMarkup`. */
  markup: string;
  /** Null where there is nothing but the source. */
  view: LoadedView | null;
}

export interface LoadedView {
  kind: View;
  /** What was asked for, though `rendered` may be missing. */
  shown: Shown;
  /** Null if it was not asked for, or could not be had. */
  rendered: { markup: string; notes: string[] } | null;
}

const warningsByKey = new LRUCache<string, TextWarning[]>({ max: 2_000 });

interface LoadOptions {
  number: number;
  label: string;
  /** `?view=` of the page; null for the source and nothing else. */
  query: string | undefined | null;
  /** See `lineShare`. */
  maxLines: number;
}

/** Reads, highlights and renders a file. @throws AppError storage_unavailable */
export async function loadFile(
  file: FileRecord,
  { number, label, query, maxLines }: LoadOptions,
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
      ? await renderFile({ kind, key, text, label, fileNumber: number })
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

/** Bodies never change, so each is looked through once. */
function knownWarnings(key: string, text: string): TextWarning[] {
  const known = warningsByKey.get(key);
  if (known) return known;
  const warnings = textWarnings(text);
  warningsByKey.set(key, warnings);
  return warnings;
}

function leave(html: string): string {
  const token = leaveMarkup(html);
  after(() => discardMarkup(token));
  return token;
}
