import { describe, expect, it } from 'vitest';
import { fitsColours, fitsEditor, fitsField, fitsWrapping, longestLine } from './editor-limits';

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
  it('is all that fits into a paste, and not much more', () => {
    expect(fitsEditor('x'.repeat(4 * 1024 * 1024))).toBe(true);
    expect(fitsEditor('x'.repeat(6_000_000))).toBe(false);
  });

  it('is wrapped unless a line is endless', () => {
    expect(fitsWrapping('a line\n'.repeat(100_000))).toBe(true);
    expect(fitsWrapping('x'.repeat(1_000_000))).toBe(false);
  });

  it('is not shown to a text field first where that would stumble', () => {
    expect(fitsField('a line\n'.repeat(1_000))).toBe(true);
    expect(fitsField('a line\n'.repeat(100_000))).toBe(false);
    expect(fitsField('x'.repeat(30_000))).toBe(false);
  });

  it('is coloured only as far as that stays quick', () => {
    expect(fitsColours('const a = 1;\n'.repeat(1_000))).toBe(true);
    expect(fitsColours('<'.repeat(50_000))).toBe(false);
    expect(fitsColours('a\n'.repeat(400_000))).toBe(false);
  });
});
