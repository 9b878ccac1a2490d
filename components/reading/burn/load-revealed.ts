import 'server-only';
import type { PageText } from '@/lib/core/i18n/page-text';
import type { FileRecord } from '@/lib/pastes/queries';
import { decodeBody } from '@/lib/pastes/read';
import { viewFor } from '@/lib/text/rendering/which-view';
import { fileLabels } from '../file-labels';
import { chooseView } from '../file-view-choice';
import { lineShare } from '../line-markup';
import { keepMarkup } from '../load/keep-markup';
import type { LoadedFile, LoadedView } from '../loaded-file';
import { renderLines } from '../render-lines';
import { renderText } from '../render-text';

/**
 * The files of a reveal from their bodies, each with both of its views: the page cannot be requested again. Nothing
 * is kept.
 */
export function loadRevealed(
  files: readonly FileRecord[],
  bodies: readonly Uint8Array[],
  pageText: PageText,
): Promise<LoadedFile[]> {
  const labels = fileLabels(files, pageText);
  const maxLines = lineShare(files);
  return Promise.all(
    files.map(async ({ name, language, bytes, lines }, index) => {
      const number = index + 1;
      const label = labels[index] ?? '';
      const text = decodeBody(bodies[index]);
      const { isColoured, warnings, ...markup } = await renderLines(text, { language, number, maxLines });
      const view = await loadView({ name, language, text, files, number, label, pageText });
      const shown = { number, label, language, bytes, lines, view };
      return { ...shown, isColoured, isFinal: false, warnings, markup: keepMarkup(markup.lines) };
    }),
  );
}

interface ViewedText {
  name: string;
  language: string;
  text: string;
  files: readonly FileRecord[];
  number: number;
  label: string;
  pageText: PageText;
}

async function loadView({
  text,
  files,
  number,
  label,
  pageText,
  ...file
}: ViewedText): Promise<LoadedView | null> {
  const kind = text === '' ? null : viewFor(file);
  if (kind === null) return null;
  const rendered = await renderText(text, { kind, files, fileNumber: number, label, pageText });
  const shown = chooseView({ query: undefined, kind, fileNumber: number });
  return { kind, shown, rendered: rendered && { markup: keepMarkup(rendered.html), notes: rendered.notes } };
}
