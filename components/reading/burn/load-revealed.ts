import 'server-only';
import type { PageText } from '@/lib/core/i18n/page-text';
import type { FileRecord } from '@/lib/pastes/queries';
import { decodeBody } from '@/lib/pastes/read';
import { fileLabels } from '../file-labels';
import { lineShare } from '../line-markup';
import { renderLines } from '../load/file-markup';
import { keepMarkup } from '../load/keep-markup';
import type { LoadedFile } from '../loaded-file';

/** The source of files from their bodies: nothing is read after the reveal, and no markup is cached. */
export function loadRevealed(
  files: readonly FileRecord[],
  bodies: readonly Uint8Array[],
  text: PageText,
): Promise<LoadedFile[]> {
  const labels = fileLabels(files, text);
  const maxLines = lineShare(files);
  return Promise.all(
    files.map(async ({ language, bytes, lines }, index) => {
      const number = index + 1;
      const { isColoured, warnings, ...markup } = await renderLines(decodeBody(bodies[index]), {
        language,
        number,
        maxLines,
      });
      const shown = { number, label: labels[index] ?? '', language, bytes, lines };
      const [isFinal, view] = [false, null];
      return { ...shown, isColoured, isFinal, warnings, markup: keepMarkup(markup.lines), view };
    }),
  );
}
