import { expect, it } from 'vitest';
import { formatSummary, median, percentile, ratiosTo, summarize } from './statistics';

it.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 1], 9],
  [[], Number.NaN],
])('the median of %j is %d', (values, expected) => {
  const before = [...values];
  expect(median(values)).toBe(expected);
  expect(values).toEqual(before);
});

it.each([
  [[7], 0.95, 7],
  [[3, 1, 2, 4], 0.5, 2],
  [Array.from({ length: 100 }, (_, n) => 100 - n), 0.95, 95],
  [[1, 2, 3], 1, 3],
  [[], 0.5, Number.NaN],
])('of %j, the share %d is at most %d', (values, share, expected) => {
  const before = [...values];
  expect(percentile(values, share)).toBe(expected);
  expect(values).toEqual(before);
});

it('compares each round with the same round of the floor', () => {
  expect(ratiosTo([100, 50, 200], [50, 25, 50])).toEqual([0.5, 0.5, 0.25]);
  expect(ratiosTo([100], [50, 25])).toEqual([0.5, Number.NaN]);
});

it.each([
  [[0.3, 0.25, 0.35], 2, '0.30 (0.25–0.35)'],
  [[12_345.6], 0, '12,346'],
  [[1.001, 1.002], 2, '1.00'],
  [[Number.NaN, Number.NaN], 1, '–'],
])('shows %j with %d digits as %s', (values, digits, shown) => {
  expect(formatSummary(summarize(values), digits)).toBe(shown);
});
