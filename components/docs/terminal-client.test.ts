import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SERVED_BY_LINE } from '@/cli/served-by';
import { env } from '@/lib/core/env';
import { respondWithClient } from './terminal-client';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheaf-client-'));
  vi.stubEnv('DATABASE_URL', 'postgresql://sheaf@localhost/sheaf');
  vi.stubEnv('AUTH_SECRET', 'x'.repeat(32));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

it('reads the client again after a failure', async () => {
  const request = new Request('http://localhost/sheaf.mjs');
  await expect(respondWithClient(request)).rejects.toThrow(/ENOENT/);
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'dist/sheaf.mjs'), SERVED_BY_LINE);
  const answer = await respondWithClient(request);
  expect(await answer.text()).toBe(`const SHEAF_SERVED_BY = ${JSON.stringify(env().APP_URL)};`);
});
