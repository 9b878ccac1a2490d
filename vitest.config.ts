import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const FOLDERS = ['bench', 'cli', 'lib', 'components', 'prisma', 'scripts', 'server'];

// Samples are texts to paste; some of them are code.
const tests = FOLDERS.flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
).filter((file) => file.endsWith('.test.ts') && !file.startsWith('prisma/samples/'));

function usesDatabase(file: string): boolean {
  return /test\/test-env'/.test(readFileSync(root + file, 'utf8'));
}

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: 'server-only', replacement: `${root}lib/core/server-only.ts` },
    ],
  },
  test: {
    maxWorkers: availableParallelism(),
    isolate: false,
    setupFiles: ['test/fresh-state.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests that need no database start none.
    projects: [
      { extends: true, test: { name: 'pure', include: tests.filter((file) => !usesDatabase(file)) } },
      {
        extends: true,
        test: {
          name: 'database',
          include: tests.filter(usesDatabase),
          setupFiles: ['test/quick-passwords.ts'],
          globalSetup: 'test/test-database.ts',
        },
      },
    ],
  },
});
