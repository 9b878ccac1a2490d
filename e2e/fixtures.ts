import { readFile, stat } from 'node:fs/promises';
import { test as base, type Page } from 'playwright/test';
import { Api } from './support/api';
import { Cleanup, type Mount } from './support/mounts';
import { provideServer } from './support/servers';
import type { CreatedPaste } from './support/shapes';

export { expect } from 'playwright/test';

export interface Options {
  serverName: Mount['name'];
}

const MAX_PRINTED = 8_000;

/** Servers start slowly beside other tests. */
const STARTS_AND_STOPS_WITHIN_MS = 120_000;

interface WorkerFixtures extends Options {
  /** The server of this worker: specs count what is stored, so no two use one at the same time. */
  sheaf: Mount;
}

interface Fixtures {
  api: Api;
  /** Ends what the test has started. */
  cleanup: Cleanup;
  cronSecret: string;
  /** Creates a paste over the API and deletes it after the test. */
  createPaste(paste: Record<string, unknown>): Promise<CreatedPaste>;
  /** A page in a browser profile that shares nothing with `page`. */
  otherPage: Page;
  /** Prints what the server printed during a test that failed. */
  serverLog: undefined;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  serverName: ['front', { option: true, scope: 'worker' }],

  sheaf: [
    async ({ serverName }, use) => {
      const cleanup = new Cleanup();
      try {
        await use(await provideServer(serverName, cleanup));
      } finally {
        await cleanup.run();
      }
    },
    { scope: 'worker', timeout: STARTS_AND_STOPS_WITHIN_MS },
  ],

  baseURL: async ({ sheaf }, use) => use(sheaf.url),

  api: async ({ sheaf }, use) => use(new Api(sheaf.url)),

  cronSecret: async ({ sheaf }, use) => use(sheaf.cronSecret),

  cleanup: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures it needs from the pattern
    async ({}, use) => {
      const cleanup = new Cleanup();
      await use(cleanup);
      await cleanup.run();
    },
    { timeout: STARTS_AND_STOPS_WITHIN_MS },
  ],

  createPaste: async ({ api }, use) => {
    const created: CreatedPaste[] = [];
    await use(async (paste) => {
      const one = await api.create(paste);
      created.push(one);
      return one;
    });
    for (const paste of created) await api.remove(paste);
  },

  otherPage: async ({ browser, baseURL }, use) => {
    const context = await browser.newContext({ baseURL });
    await use(await context.newPage());
    await context.close();
  },

  serverLog: [
    async ({ sheaf }, use, testInfo) => {
      const before = await sizeOf(sheaf.logFile);
      await use(undefined);
      if (testInfo.status === testInfo.expectedStatus) return;
      const printed = (await readFile(sheaf.logFile).catch(() => Buffer.alloc(0))).subarray(before);
      // Among the errors, which reporters print once more at the end.
      if (printed.length > 0)
        testInfo.errors.push({ message: `The server printed:\n${printed.subarray(-MAX_PRINTED)}` });
    },
    { auto: true },
  ],
});

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}
