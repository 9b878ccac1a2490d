import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accentFault, accentShades, accentStyle, DEFAULT_SHADES, MIN_CONTRAST, PAPER } from './accent';
import { contrast } from './colour';

const CSS = readFileSync('app/theme.css', 'utf8');

/** A colour of app/theme.css. */
function themed(name: string, theme: 'light' | 'dark'): string {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(CSS) ?? [];
  return { light, dark }[theme] ?? 'missing';
}

describe('the contrast of two colours', () => {
  // As the checker of WebAIM says.
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#777777', 1],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#ff0000', '#ffffff', 4],
    ['#0000ff', '#ffffff', 8.59],
    ['#ffffff', '#0000ff', 8.59],
  ])('%s on %s: %d', (one, other, expected) => {
    expect(contrast(one, other)).toBeCloseTo(expected, 1);
  });
});

describe('an accent', () => {
  it.each([
    ['#0f6b5c', null],
    ['#7a3e9d', null],
    ['#000000', null],
    ['#b3261e', null],
    ['#767068', null],
    ['#7a746c', 'contrast'],
    ['#ffdd00', 'contrast'],
    ['#5fc6b0', 'contrast'],
    ['#ffffff', 'contrast'],
    ['#0F6B5C', 'form'],
    ['#fff', 'form'],
    ['teal', 'form'],
    ['#0f6b5c;}', 'form'],
    ['', 'form'],
  ])('%j: %j', (text, fault) => {
    expect(accentFault(text)).toBe(fault);
  });

  it('has shades that can be read, whatever colour it is', () => {
    const steps = [0, 0x22, 0x44, 0x66, 0x88, 0xaa, 0xcc, 0xee, 0xff];
    const hex = (value: number) => value.toString(16).padStart(2, '0');
    const colours = steps.flatMap((red) =>
      steps.flatMap((green) => steps.map((blue) => `#${hex(red)}${hex(green)}${hex(blue)}`)),
    );
    const accents = colours.filter((colour) => accentFault(colour) === null);
    expect(accents.length).toBeGreaterThan(200);
    for (const colour of accents) {
      const shades = accentShades(colour);
      expect(shades.light.accent).toBe(colour);
      for (const theme of ['light', 'dark'] as const) {
        const { accent, 'accent-strong': strong, 'accent-ink': ink, wash, selection } = shades[theme];
        const pairs = [
          [accent, PAPER[theme]],
          [accent, themed('raised', theme)],
          [accent, wash],
          [strong, PAPER[theme]],
          [strong, wash],
          [ink, accent],
          [ink, strong],
          [themed('ink', theme), wash],
          [themed('ink', theme), selection],
          [themed('muted', theme), wash],
        ] as const;
        for (const [text, ground] of pairs) {
          expect(contrast(text, ground), `${colour}, ${theme}: ${text} on ${ground}`).toBeGreaterThanOrEqual(
            MIN_CONTRAST,
          );
        }
      }
    }
  });

  it('is written for the page as one rule', () => {
    expect(accentStyle('#7a3e9d')).toMatch(
      /^:root:root\{(--[\w-]+:light-dark\(#[\da-f]{6},#[\da-f]{6}\);?){5}\}$/,
    );
    expect(accentStyle('#7a3e9d')).toContain('--accent:light-dark(#7a3e9d,');
  });
});

it('without an accent the shades are those of the style sheet', () => {
  expect(accentShades(null)).toBe(DEFAULT_SHADES);
  for (const theme of ['light', 'dark'] as const) {
    expect(PAPER[theme]).toBe(themed('paper', theme));
    for (const [name, colour] of Object.entries(DEFAULT_SHADES[theme])) {
      expect(colour, name).toBe(themed(name, theme));
    }
  }
});
