import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { ACTION_HEADER, RSC_HEADER } from './next-headers';

const load = createRequire(import.meta.url);

it('has the names that the installed next uses', () => {
  const names = load('next/dist/client/components/app-router-headers.js') as Record<string, unknown>;
  const { version } = load('next/package.json') as { version: string };
  expect(names.ACTION_HEADER, `next ${version}`).toBe(ACTION_HEADER);
  expect(names.RSC_HEADER, `next ${version}`).toBe(RSC_HEADER);
});
