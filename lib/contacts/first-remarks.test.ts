import { expect, it } from 'vitest';
import { FirstRemarks } from './first-remarks';
import { MAX_REMARKS } from './import-limits';

const remarkOn = (line: number, value = 'a value') => ({
  line,
  name: 'Ada',
  reason: 'notes_full' as const,
  value,
});

it('counts all remarks, and keeps those on the first lines in their order', () => {
  const remarks = new FirstRemarks();
  for (let line = 20_000; line > 0; line -= 1) remarks.add(remarkOn(line));
  expect(remarks.total).toBe(20_000);
  expect(remarks.items.map(({ line }) => line)).toEqual(Array.from({ length: MAX_REMARKS }, (_, n) => n + 1));
});

it('keeps the order of the remarks on one line', () => {
  const remarks = new FirstRemarks();
  for (let n = 0; n < 9_000; n += 1) remarks.add(remarkOn(2, String(n)));
  remarks.add(remarkOn(1, 'first'));
  const values = remarks.items.map(({ value }) => value);
  expect(values).toEqual(['first', ...Array.from({ length: MAX_REMARKS - 1 }, (_, n) => String(n))]);
});
