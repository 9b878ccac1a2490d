import { expect, it } from 'vitest';
import { readRevisionNumber } from './revision-number';

it('reads numbers of revisions', () => {
  expect(readRevisionNumber(undefined)).toBeUndefined();
  expect(readRevisionNumber('3')).toBe(3);
  expect(readRevisionNumber('2147483647')).toBe(2_147_483_647);
});

it.each(['', '0', '-1', '1.5', 'x', '2147483648', '99999999999', ' 1'])('rejects %j', (text) => {
  expect(readRevisionNumber(text)).toBeNull();
  expect(readRevisionNumber([text, text])).toBeNull();
});
