import { defineConfig } from 'playwright/test';
import type { Options } from './e2e/fixtures';
import base from './playwright.config';

/** With bodies of more than 4.5 MB, which the host refuses itself: see e2e/serverless/host.spec.ts. */
const OVER_THE_LIMIT =
  /stops reading a flood without Content-Length|takes a text of exactly the limit, in every form|lives through many large bodies at once/;

/** `npm run test:serverless`: the contract and what a visitor does, on the serverless build as its host runs it. */
export default defineConfig<Options>({
  ...base,
  globalSetup: './e2e/serverless/setup.ts',
  workers: 1,
  projects: [
    {
      name: 'serverless',
      testMatch: /\/(?:contract-[^/]*|life|burn|serverless\/[^/]*)\.spec\.ts$/,
      grepInvert: OVER_THE_LIMIT,
      use: { serverName: 'serverless' },
    },
  ],
});
