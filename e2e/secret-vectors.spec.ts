import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import type { Page } from 'playwright/test';
import { expectedOf, type openVector, type Vector } from '../test/secret-vectors';
import { expect, test } from './fixtures';

declare const vectors: { openVector: typeof openVector };

const path = (relative: string) => new URL(relative, import.meta.url).pathname;

async function openAll(page: Page): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [path('../test/secret-vectors.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'vectors',
    platform: 'browser',
  });
  await page.evaluate(`${outputFiles[0]?.text}; globalThis.vectors = vectors;`);
  const all = JSON.parse(await readFile(path('../docs/secret-pastes/vectors.json'), 'utf8')) as Vector[];
  expect(all.length).toBeGreaterThan(40);
  for (const vector of all) {
    const opened = await page.evaluate((given) => vectors.openVector(given), vector);
    expect.soft(opened, vector.name).toEqual(expectedOf(vector));
  }
}

test('the published test vectors open in a browser', async ({ page }) => {
  await page.goto('/docs');
  expect(await page.evaluate(() => isSecureContext)).toBe(true);
  await openAll(page);
});

test('and on an insecure origin, where browsers have no WebCrypto', async ({ page }) => {
  await page.route('http://sheaf.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Sheaf</title>' }),
  );
  await page.goto('http://sheaf.test/');
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await openAll(page);
});
