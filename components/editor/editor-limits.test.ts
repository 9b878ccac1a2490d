import { describe, expect, it } from 'vitest';
import { fitsColours, fitsField, fitsWrapping, longestLine } from './editor-limits';

it.each([
  ['', 0],
  ['abc', 3],
  ['a\nbcd\ne', 3],
  ['a\n\n', 1],
  ['\nlast', 4],
])('the longest line of %j has %i characters', (text, length) => {
  expect(longestLine(text)).toBe(length);
});

describe('what the editor takes on', () => {
  it('is wrapped unless a line is endless', () => {
    expect(fitsWrapping({ length: 4_000_000, longestLine: 100_000 })).toBe(true);
    expect(fitsWrapping({ length: 4_000_000, longestLine: 1_000_000 })).toBe(false);
  });

  it('is not shown to a text field first where that would stumble', () => {
    expect(fitsField('a line\n'.repeat(1_000))).toBe(true);
    expect(fitsField('a line\n'.repeat(100_000))).toBe(false);
    expect(fitsField('x'.repeat(30_000))).toBe(false);
  });

  it('is coloured only as far as that stays quick', () => {
    expect(fitsColours({ length: 13_000, longestLine: 13 })).toBe(true);
    expect(fitsColours({ length: 50_000, longestLine: 50_000 })).toBe(false);
    expect(fitsColours({ length: 800_000, longestLine: 2 })).toBe(false);
  });
});
