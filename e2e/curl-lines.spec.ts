import { readFile } from 'node:fs/promises';
import { SAMPLE_SLUG } from '../components/docs/sample-slug';
import { expect, test } from './fixtures';
import { join } from './support/accounts';
import { DOCUMENTED } from './support/curl-documented';
import { runCurlLines } from './support/curl-lines';

const README = new URL('../README.md', import.meta.url);
/** Run by `transcript.spec.ts`, which has the mail they need; or about shares that are not there. */
const ELSEWHERE = /\/auth\/|\/shares/;

test('every curl line of README, /docs and what they imply does what it must, byte for byte', async ({
  api,
  sheaf,
}) => {
  test.setTimeout(300_000);
  const { token } = await join(api, sheaf);
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const faults = await runCurlLines(sheaf.url, { token: token.access_token, log });
  expect(faults, lines.join('\n')).toEqual([]);
  expect(lines.filter((line) => line.startsWith('ok')).length).toBeGreaterThan(80);
});

test('every curl line that README and /docs show is one of those that are run', async ({ page, sheaf }) => {
  const readme = /## Use it[\s\S]*?```sh\n([\s\S]*?)```/.exec(await readFile(README, 'utf8'))?.[1] ?? '';
  const shown = commandsIn(readme);
  expect(shown.length).toBeGreaterThan(8);
  await page.goto('/docs');
  const samples = await page.locator('main section > figure pre').allTextContents();
  for (const sample of samples)
    shown.push(...commandsIn(sample.replaceAll(sheaf.url, 'http://localhost:3000')));
  expect(shown.length).toBeGreaterThan(25);
  const run = DOCUMENTED.map(({ command }) => command);
  const missing = shown
    .map((command) => command.replaceAll(SAMPLE_SLUG, 'SLUG'))
    .filter((command) => !ELSEWHERE.test(command) && !run.includes(command));
  expect(missing).toEqual([]);
});

/** The commands of a shell session that run curl: comments apart, a line and those that continue it. */
function commandsIn(session: string): string[] {
  return session
    .replaceAll('\\\n', '\u0000')
    .split('\n')
    .filter((line) => !line.startsWith('#') && /(^|\| )curl /.test(line))
    .map((line) => line.replaceAll('\u0000', '\\\n').trim());
}
