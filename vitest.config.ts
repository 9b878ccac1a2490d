import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: 'server-only', replacement: `${root}lib/core/server-only.ts` },
    ],
  },
  test: {
    include: [
      'lib/**/*.test.ts',
      'components/**/*.test.ts',
      'prisma/**/*.test.ts',
      'scripts/**/*.test.ts',
      'server/**/*.test.ts',
    ],
    // Samples are texts to paste; some of them are code.
    exclude: ['prisma/samples/**'],
    globalSetup: 'test/test-database.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
