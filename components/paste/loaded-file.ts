import 'server-only';
import { after } from 'next/server';
import { highlightCached } from '@/lib/highlight/cache';
import type { FileRecord } from '@/lib/pastes/queries';
import { readFileText } from '@/lib/pastes/service';
import { type View, viewFor } from '@/lib/rendering/which-view';
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
  const { language, bytes, lines, key } = file;
  const text = await readFileText(file);
  const highlighted = await highlightCached({ key, text, language });
  const endsInBreak = text.endsWith('\n') || text.endsWith('\r');
  const prefix = linePrefix(number);
  const markup = leave(
    lineMarkup(highlighted, { prefix, endsInBreak, isDiff: language === 'diff', maxLines }),
  );
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
    lines,
    isColoured: highlighted.complete,
    markup,
    view: kind && {
      kind,
      shown,
      rendered: rendered && { markup: leave(rendered.html), notes: rendered.notes },
    },
  };
}

function leave(html: string): string {
  const token = leaveMarkup(html);
  after(() => discardMarkup(token));
  return token;
}
