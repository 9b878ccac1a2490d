import { expect, it } from 'vitest';
import { runToEnd } from '../core/time-slicing';
import { checkEntries } from './check-entries';
import type { ImportEntry } from './import-entry';
import { MAX_REMARKS } from './import-limits';
import type { ImportReading } from './import-reading';
import { importReportSchema, remarksOf, toReport } from './import-report';

const entry = (line: number, first_name: string, info = ''): ImportEntry => ({
  line,
  fields: { first_name, emails: [], phones: [], info },
  faults: [],
});

function read(entries: ImportEntry[], problems: ImportReading['problems'] = []): ImportReading {
  const encoding = { label: 'utf-8', certain: true, alternatives: [] };
  return { format: 'csv', encoding, columns: [], datesAmbiguous: false, entries, problems };
}

const check = ({ entries }: ImportReading) => runToEnd(checkEntries(entries));

it('names what is not imported as it stands in the file, in its order', () => {
  const reading = read(
    [entry(2, 'Ada'), entry(3, 'Carl', 'x'.repeat(501)), entry(5, 'B\x07b'), entry(9, 'Grace')],
    [{ line: 4, name: 'Dora', reason: 'quote_unclosed' }],
  );
  const checked = check(reading);
  const known = runToEnd(remarksOf(reading, checked));
  expect(known).toMatchObject([
    { line: 3, name: 'Carl', reason: 'shortened' },
    { line: 4, name: 'Dora', reason: 'quote_unclosed' },
    { line: 5, name: 'B\x07b', reason: 'left_out', faults: [{ path: 'first_name' }] },
  ]);
  const value = '+442079460958';
  const outcome = {
    created: 2,
    completed: 1,
    skipped: 0,
    remarks: { total: 1, items: [{ line: 2, name: 'Ada', reason: 'phone_taken' as const, value }] },
  };
  const report = toReport(outcome, { left: checked.faulty.length, known });
  expect(report).toMatchObject({ created: 2, completed: 1, unchanged: 0, left: 1, remarks: { total: 4 } });
  expect(report.remarks.items.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  expect(importReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

it('names the first thousand, each in few characters that can be stored', () => {
  const name = `\0${'x'.repeat(198)}😀\n`;
  const problems = Array.from({ length: 1_200 }, (_, n) => ({
    line: n + 2,
    name,
    reason: 'cut_off' as const,
  }));
  const known = runToEnd(remarksOf(read([], problems), check(read([]))));
  const outcome = { created: 0, completed: 0, skipped: 0, remarks: { total: 0, items: [] } };
  const { remarks } = toReport(outcome, { left: 0, known });
  expect(remarks.total).toBe(1_200);
  expect(remarks.items).toHaveLength(MAX_REMARKS);
  expect(remarks.items[0]?.name).toBe(`${'x'.repeat(198)}\ufffd`);
});
