import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashSources } from './build-stamp';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sheaf-sources-'));
  await mkdir(join(root, 'app/deep'), { recursive: true });
  await writeFile(join(root, 'app/deep/page.tsx'), 'page');
});

afterEach(() => rm(root, { recursive: true }));

it('detects a changed, a new and a renamed source', async () => {
  const seen = new Set([hashSources(root)]);
  await writeFile(join(root, 'app/deep/page.tsx'), 'another page');
  seen.add(hashSources(root));
  await writeFile(join(root, 'app/layout.tsx'), 'layout');
  seen.add(hashSources(root));
  await writeFile(join(root, 'server.ts'), 'front');
  seen.add(hashSources(root));
  expect(seen.size).toBe(4);
});

it('does not rebuild for a test or a migration', async () => {
  const before = hashSources(root);
  await mkdir(join(root, 'prisma/migrations/1_init'), { recursive: true });
  await writeFile(join(root, 'prisma/migrations/1_init/migration.sql'), 'sql');
  await writeFile(join(root, 'app/deep/page.test.ts'), 'test');
  await writeFile(join(root, 'vitest.config.ts'), 'config');
  expect(hashSources(root)).toBe(before);
});
