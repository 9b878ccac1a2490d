import type { PageText } from '@/lib/core/i18n/page-text';
import { renderCsvTable } from '@/lib/text/rendering/csv-table';
import { renderJsonTree } from '@/lib/text/rendering/json-tree';
import { markInvisible } from '@/lib/text/rendering/mark-invisible';
import { renderMarkdown } from '@/lib/text/rendering/markdown';
import { delimiterFor, type View, viewFor } from '@/lib/text/rendering/which-view';
import { linePrefix } from './line-markup';

export interface RenderedFile {
  html: string;
  /** Sentences about omitted content. */
  notes: string[];
  /** Whether it is what `auto` shows: all of the text is in it, and it is not large. */
  isDefault: boolean;
}

/** Of what `auto` shows, in UTF-16 code units: about 10,000 cells of a table, or 4,000 lines of a tree. */
const DEFAULT_HTML_MAX = 512 * 1024;

export interface RenderOptions {
  kind: View;
  /** All files of the paste. */
  files: readonly { name: string; language: string }[];
  fileNumber: number;
  label: string;
  pageText: PageText;
  /** See `renderMarkdown`. */
  budgetMs?: number;
}

/** Renders a text; null if only its source can be shown. Nothing is kept. For Node and browsers. */
export async function renderText(text: string, options: RenderOptions): Promise<RenderedFile | null> {
  const rendered = await RENDERERS[options.kind](text, options);
  if (!rendered) return null;
  const html = markInvisible(rendered.html);
  const { notes, isWhole } = rendered;
  return { html, notes, isDefault: isWhole && html.length <= DEFAULT_HTML_MAX };
}

function headingPrefix(fileNumber: number): string {
  return `md${fileNumber}-`;
}

/** The id of a file, or of a heading or line (`L10`) in it. */
function siblingId(files: RenderOptions['files'], name: string, fragment: string): string | null {
  const index = files.findIndex((file) => file.name === name);
  const file = files[index];
  if (!file) return null;
  const number = index + 1;
  if (/^L\d{1,7}$/.test(fragment)) return linePrefix(number) + fragment;
  if (fragment !== '' && viewFor(file) === 'markdown') return headingPrefix(number) + fragment;
  // The only file of a page has no part of its own.
  return files.length > 1 ? `file-${number}` : null;
}

type Renderer = (
  text: string,
  options: RenderOptions,
) => Promise<{ html: string; notes: string[]; isWhole: boolean } | null>;

const RENDERERS: Record<View, Renderer> = {
  markdown: async (text, { label, files, fileNumber, budgetMs, pageText: { t } }) => {
    const html = await renderMarkdown({
      ...(budgetMs !== undefined && { budgetMs }),
      text,
      idPrefix: headingPrefix(fileNumber),
      siblingId: (name, fragment) => siblingId(files, name, fragment),
      labels: {
        table: (number) => t('rendered.tableNumber', { number, name: label }),
        taskDone: t('rendered.taskDone'),
        taskOpen: t('rendered.taskOpen'),
        image: t('rendered.image'),
        alert: (kind) => t(`rendered.alerts.${kind}`),
        frontMatter: t('rendered.frontMatter'),
        contents: t('rendered.contents'),
        section: t('rendered.section'),
        footnotes: t('rendered.footnotes'),
        back: t('rendered.back'),
      },
    });
    return html === null ? null : { html, notes: [], isWhole: true };
  },
  json: async (text, { pageText: { t } }) => {
    const tree = renderJsonTree({
      text,
      labels: {
        keys: (count) => t('rendered.keys', { count }),
        items: (count) => t('rendered.items', { count }),
        more: (count) => t('rendered.more', { count }),
      },
    });
    return tree && { ...tree, notes: [] };
  },
  csv: async (text, { files, fileNumber, label, pageText: { t } }) => {
    const file = files[fileNumber - 1];
    const table = renderCsvTable({
      text,
      delimiter: file && delimiterFor(file),
      labels: { table: t('rendered.tableOf', { name: label }), row: t('rendered.row') },
    });
    if (!table) return null;
    const notes: string[] = [];
    const { rowsShown, rowsTotal, columnsShown, columnsTotal, cellsCut, isEven } = table;
    if (rowsShown < rowsTotal) notes.push(t('rendered.rowsShown', { shown: rowsShown, total: rowsTotal }));
    if (columnsShown < columnsTotal)
      notes.push(t('rendered.columnsShown', { shown: columnsShown, total: columnsTotal }));
    if (cellsCut > 0) notes.push(t('rendered.cellsCut', { count: cellsCut }));
    return { html: table.html, notes, isWhole: isEven && notes.length === 0 };
  },
};
