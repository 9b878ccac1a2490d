import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cellsOf } from '@/test/csv-cells';
import { renderCsvTable } from './csv-table';
import expected from './test-files/expected.json';
import { delimiterFor, viewFor } from './which-view';

interface Outcome {
  readonly columns: number;
  readonly rows: number;
  readonly header?: readonly string[];
  /** The last row that is shown. */
  readonly last?: readonly string[];
}

const FOLDER = join(import.meta.dirname, 'test-files');
const OUTCOMES: Readonly<Record<string, Outcome | null>> = expected;
const filesOf = (type: RegExp) => readdirSync(FOLDER).filter((name) => type.test(name));

describe('table files', () => {
  it('are all listed', () => {
    expect(filesOf(/\.[ct]sv$/).sort()).toEqual(Object.keys(OUTCOMES).sort());
  });

  it.each(Object.entries(OUTCOMES))('%s', (name, outcome) => {
    expect(viewFor({ name, language: 'text' })).toBe('csv');
    const table = renderCsvTable({
      text: readFileSync(join(FOLDER, name), 'utf8'),
      delimiter: delimiterFor({ name, language: 'text' }),
      labels: { table: 'rows & "columns"', row: '#' },
    });
    if (!table || !outcome) return expect(table).toBe(outcome);
    expect(table).toMatchObject({ columnsTotal: outcome.columns, rowsTotal: outcome.rows });
    const cells = cellsOf(table);
    if (outcome.header) expect(cells[0]).toEqual(outcome.header);
    if (outcome.last) expect(cells.at(-1)).toEqual(outcome.last);
  });

  it.each(filesOf(/\.txt$/))('%s is offered no table', (name) => {
    for (const named of ['', name]) expect(viewFor({ name: named, language: 'text' })).toBeNull();
  });
});
