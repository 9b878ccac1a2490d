import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { adoptDatabase, startFront } from '../e2e/support/mounts';
import { ensureBuilt } from '../scripts/build';
import { findFreePort } from '../server/postgres/free-port';

const PAGES_WITHIN_MS = 60_000;

/** High enough that every request is counted and none is refused. */
export const RATE_LIMIT_SCALE = '1000000';

export interface SheafProcess {
  url: string;
  dataFolder: string;
  /** Of `npm start`, which starts the others (see `listProcesses`); a restart changes it. */
  readonly pid: number;
  /** Stops it and starts it on the same data. @returns milliseconds until it and its pages answered again */
  restart(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * `npm start` of the current build, on a data folder of its own and an embedded database unless `env` names another;
 * `stop` leaves nothing behind. `env` is added to the defaults, not to the environment of this process. `root` is the
 * checkout of another version, which has been built.
 */
export async function startSheaf(
  env: Record<string, string> = {},
  { root }: { root?: string } = {},
): Promise<SheafProcess> {
  if (root === undefined) await ensureBuilt();
  const dataFolder = await mkdtemp(join(tmpdir(), 'sheaf-bench-'));
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const variables = { RATE_LIMIT_SCALE, LOG_LEVEL: 'warn', ...env };
  const start = () => startFront({ dataFolder, port, root, env: variables });
  const remove = (folder: string) => rm(folder, { recursive: true, force: true });
  let server = await start().catch(async (error: unknown) => {
    await remove(dataFolder);
    throw error;
  });
  // Where Postgres cannot reach the data folder, its files are elsewhere.
  const home = env.DATABASE_URL === undefined ? (await adoptDatabase(dataFolder)).home : dataFolder;
  return {
    url,
    dataFolder,
    get pid() {
      return server.pid;
    },
    async restart() {
      await server.stop();
      const begun = performance.now();
      server = await start();
      await waitForPage(url);
      return performance.now() - begun;
    },
    async stop() {
      await server.stop();
      await remove(home);
      await remove(dataFolder);
    },
  };
}

async function waitForPage(url: string): Promise<void> {
  for (const deadline = Date.now() + PAGES_WITHIN_MS; Date.now() < deadline; await sleep(20)) {
    const response = await fetch(url);
    await response.arrayBuffer();
    if (response.ok) return;
  }
  throw new Error('Sheaf did not answer with a page.');
}
