import { defineConfig } from 'playwright/test';
import type { Options } from './e2e/fixtures';
import base from './playwright.config';

/** `npm run test:serverless`: the contract and what a visitor does, on the serverless build as its host runs it. */
export default defineConfig<Options>({
  ...base,
  globalSetup: './e2e/serverless/setup.ts',
  workers: 1,
  projects: [
    {
      name: 'serverless',
      testMatch: /\/(?:contract-[^/]*|life|burn|serverless\/[^/]*)\.spec\.ts$/,
      use: { serverName: 'serverless' },
    },
  ],
});
