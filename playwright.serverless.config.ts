import { defineConfig } from 'playwright/test';
import type { Options } from './e2e/fixtures';
import base from './playwright.config';

/** What the host refuses before a function sees it: bodies over 4.5 MB, addresses over 14 KB. See docs/serverless.md. */
const REFUSED_BY_THE_HOST = new RegExp(
  [
    'a form with very many parts is 413 everywhere',
    'a key of 15,800 dots is not found',
    'lives through many large bodies at once',
    'stops reading a flood without Content-Length',
    'takes 4 MiB of characters that JSON writes with six',
    'takes a text of exactly the limit, in every form',
  ].join('|'),
);

/** `npm run test:serverless`: the contract and what a visitor does, on the serverless build as its host runs it. */
export default defineConfig<Options>({
  ...base,
  globalSetup: './e2e/serverless/setup.ts',
  workers: 1,
  projects: [
    {
      name: 'serverless',
      // Sites that may call the API are tested on a front of their own.
      testMatch:
        /\/(?:contract-(?!cors)[^/]*|life|burn|accounts-(?:access|mailed-links)|serverless\/[^/]*)\.spec\.ts$/,
      grepInvert: REFUSED_BY_THE_HOST,
      use: { serverName: 'serverless' },
    },
  ],
});
