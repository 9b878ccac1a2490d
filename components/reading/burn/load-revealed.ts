import 'server-only';
import type { PageText } from '@/lib/core/i18n/page-text';
import type { FileRecord } from '@/lib/pastes/queries';
import { decodeBody } from '@/lib/pastes/read';
import { shownLanguage } from '@/lib/text/highlight/detect-language';
import type { RememberedViews } from '@/lib/text/rendering/remembered-views';
import { viewFor } from '@/lib/text/rendering/which-view';
import { fileLabels } from '../file-labels';
import { shownView } from '../file-view-choice';
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
  { text: pageText, views }: { text: PageText; views: RememberedViews },
): Promise<LoadedFile[]> {
  const labels = fileLabels(files, pageText);
  const maxLines = lineShare(files);
  return Promise.all(
    files.map(async ({ name, language, bytes, lines }, index) => {
      const number = index + 1;
      const label = labels[index] ?? '';
      const text = decodeBody(bodies[index]);
      const { isColoured, warnings, patch, ...markup } = await renderLines(text, {
        language,
        number,
        maxLines,
      });
      const view = await loadView({ name, language, text, files, number, label, pageText, views });
      const shown = { number, label, language: shownLanguage({ name, language }), bytes, lines, view };
      return {
        ...shown,
        isColoured,
        lateNote: null,
        isFinal: false,
        warnings,
        patch,
        markup: keepMarkup(markup.lines),
      };
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
  views: RememberedViews;
}

async function loadView({
  text,
  files,
  number,
  label,
  pageText,
  views,
  ...file
}: ViewedText): Promise<LoadedView | null> {
  const kind = text === '' ? null : viewFor(file);
  if (kind === null) return null;
  const rendered = await renderText(text, { kind, files, fileNumber: number, label, pageText });
  const shown = shownView(views[kind], rendered);
  return {
    kind,
    shown,
    usual: shown,
    rendered: rendered && { markup: keepMarkup(rendered.html), notes: rendered.notes },
  };
}
