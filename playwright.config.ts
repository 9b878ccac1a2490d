import { defineConfig } from 'playwright/test';
import type { Options } from './e2e/fixtures';
import { CHROMIUM_ARGS, findChromiums } from './e2e/support/chromium';

const [executablePath] = findChromiums();
const ALONE = /\/(boot|crash|limits|outage)[^/]*\.spec\.ts$/;
// Pages are rendered by Next in both mounts. The contract, the life of a paste, reading, storage and
// access are driven on both; the rest, where the mounts cannot differ, on one.
const FRONT_ONLY =
  /\/(access|accounts-access|admin|composer|docs|explore|fuzz|history|hostile-(actions|pages|shapes)|keyboard|narrow|own-pastes|people|profile|settings|sharing|views)\.spec\.ts$/;

export default defineConfig<Options>({
  testDir: 'e2e',
  globalSetup: './e2e/support/servers.ts',
  // One at a time: some specs count what is stored, others hold the service to a response time.
  workers: 1,
  // A guard against hangs: the accessibility checks of a long page take a slow machine a minute.
  timeout: 120_000,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    actionTimeout: 15_000,
    launchOptions: { args: CHROMIUM_ARGS, ...(executablePath === undefined ? {} : { executablePath }) },
  },
  projects: [
    { name: 'front', testIgnore: ALONE, use: { mountName: 'front' } },
    { name: 'next', testIgnore: [ALONE, FRONT_ONLY], use: { mountName: 'next' } },
    { name: 'alone', testMatch: ALONE },
  ],
});
