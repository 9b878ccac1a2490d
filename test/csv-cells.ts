import { expectSafeHtml } from './expect-safe-html';

/** The texts of a table's cells by row, without the row numbers. */
export function cellsOf({ html }: { html: string }): string[][] {
  expectSafeHtml(html);
  const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)];
  return rows.map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].slice(1).map(([, cell = '']) => expectSafeHtml(cell)),
  );
}
