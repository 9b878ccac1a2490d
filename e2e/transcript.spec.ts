import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TRANSCRIPT } from '../app/docs/transcript';
import { expect, test } from './fixtures';

const SCRIPT = fileURLToPath(new URL('./support/transcript.ts', import.meta.url));

const run = promisify(execFile);

test('an account and a paste live by curl alone, as the documentation shows it', async ({ sheaf }) => {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', SCRIPT, sheaf.url, sheaf.mailFolder]);
  expect(withoutChance(stdout.trim())).toBe(withoutChance(TRANSCRIPT));
});

test('a service that answers otherwise than expected fails it', async ({ sheaf }) => {
  const elsewhere = `${sheaf.url}/nowhere`;
  const failed = run(process.execPath, ['--import', 'tsx', SCRIPT, elsewhere, sheaf.mailFolder]);
  await expect(failed).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('Expected 201') });
});

/** Without what differs from run to run: addresses, names, links, ids, times and tokens. */
function withoutChance(transcript: string): string {
  return transcript
    .replace(/http:\/\/localhost:\d+/g, 'ORIGIN')
    .replace(/\bada-[0-9a-f]{6}\b/g, 'ada-NUMBER')
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UUID')
    .replace(/\b\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'TIME')
    .replace(/(?<=ORIGIN\/|pastes\/|\$SHEAF\/|"slug": ")[1-9A-HJ-NP-Za-km-z]{12}\b/g, 'SLUG')
    .replace(/[\w.~-]+…/g, 'SECRET…');
}
