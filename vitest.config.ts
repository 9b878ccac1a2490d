import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: 'server-only', replacement: `${root}scripts/server-only.ts` },
    ],
  },
  test: {
    include: ['lib/**/*.test.ts', 'components/**/*.test.ts', 'prisma/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Samples are texts to paste; some of them are code.
    exclude: ['prisma/samples/**'],
    globalSetup: 'scripts/test-database.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
