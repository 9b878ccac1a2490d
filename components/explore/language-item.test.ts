import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findLanguage } from '@/lib/text/highlight/languages';

it('has colours for languages that exist, one for each', () => {
  const css = readFileSync(new URL('../../app/languages.css', import.meta.url), 'utf8');
  const named = [...css.matchAll(/data-language="([^"]*)"/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(40);
  expect(named.map((name) => findLanguage(name)?.id)).toEqual(named);
  expect(new Set(named).size).toBe(named.length);
});
