import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PALETTE } from './palette';

it('has the colours of the stylesheet', () => {
  const css = readFileSync(new URL('../../app/theme.css', import.meta.url), 'utf8');
  const names = Object.keys(PALETTE.light) as (keyof typeof PALETTE.light)[];
  for (const name of names) {
    expect(css).toContain(`--${name}: light-dark(${PALETTE.light[name]}, ${PALETTE.dark[name]});`);
  }
});
