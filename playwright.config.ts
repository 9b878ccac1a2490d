import { availableParallelism } from 'node:os';
import { defineConfig } from 'playwright/test';
import type { Options } from './e2e/fixtures';
import { findChromiums } from './e2e/support/chromium';

const [launchOptions] = findChromiums();
const ALONE = /\/(backup|bench|boot|crash|limits|outage)[^/]*\.spec\.ts$/;
// Pages are rendered by Next in both mounts. The contract, the life of a paste, reading, storage and
// access are driven on both; the pages, where the mounts cannot differ, on the front only.
const PAGES =
  /\/(access|accessibility|accounts-(access|mailed-links)|admin|approvals|composer(-loading)?|contact-(birthdays|export|import)|contacts|docs|drafts|explore|fuzz|grid|history|hostile-(actions|pages|shapes)|keyboard|large-texts|narrow|offline|own-pastes|paste-settings|phone|profile|reading-cache|rendering|reports|secret-(changes|composer|vectors)|settings|sharing(-page|-sheet)?|views|warnings)\.spec\.ts$/;

// Each worker has a server of its own. A worker uses about one processor and 700 MB.
const WORKERS = Math.min(8, Math.max(2, availableParallelism()));

// Runs on a build of its own: playwright.serverless.config.ts.
const SERVERLESS = /\/e2e\/serverless\//;

export default defineConfig<Options>({
  testDir: 'e2e',
  globalSetup: './e2e/support/servers.ts',
  workers: WORKERS,
  // A guard against hangs: the accessibility checks of a long page take a slow machine a minute.
  timeout: 120_000,
  // How long a page may take depends on the machine.
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    actionTimeout: 15_000,
    // Else it would make requests that no test can see; offline.spec.ts is about it.
    serviceWorkers: 'block',
    ...(launchOptions && { launchOptions }),
  },
  projects: [
    // Starts servers of its own, and stops, floods or breaks them. First, as one worker takes long for it.
    { name: 'alone', workers: 1, testMatch: ALONE },
    { name: 'front', testIgnore: [ALONE, PAGES, SERVERLESS], use: { serverName: 'front' } },
    { name: 'pages', testMatch: PAGES, use: { serverName: 'front' } },
    { name: 'next', testIgnore: [ALONE, PAGES, SERVERLESS], use: { serverName: 'next' } },
  ],
});
