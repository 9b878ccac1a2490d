import { describe, expect, it } from 'vitest';
import { formatLineHash, parseLineHash, parseTypedLines } from './line-range';

describe('parseLineHash', () => {
  it.each([
    ['#L10', { file: 1, from: 10, to: 10 }],
    ['#L10-L20', { file: 1, from: 10, to: 20 }],
    ['#L20-10', { file: 1, from: 10, to: 20 }],
    ['#f3-L1-L2', { file: 3, from: 1, to: 2 }],
  ])('reads %s', (hash, range) => {
    expect(parseLineHash(hash)).toEqual(range);
  });

  it.each(['', '#', '#L', '#L0', '#L1-L0', '#f0-L1', '#file-2', '#L1x', '#L123456789'])(
    'ignores %j',
    (hash) => {
      expect(parseLineHash(hash)).toBeNull();
    },
  );
});

it('formats what it parses', () => {
  for (const hash of ['#L10', '#L10-L20', '#f2-L7', '#f20-L1-L3']) {
    const range = parseLineHash(hash);
    expect(range && formatLineHash(range)).toBe(hash);
  }
});

it('parses typed lines', () => {
  expect(parseTypedLines(' 12 ', 2)).toEqual({ file: 2, from: 12, to: 12 });
  expect(parseTypedLines('20 – 10', 1)).toEqual({ file: 1, from: 10, to: 20 });
  expect(parseTypedLines('ten', 1)).toBeNull();
});
