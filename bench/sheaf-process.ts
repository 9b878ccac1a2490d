import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../server/postgres/free-port';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const START_WITHIN_MS = 300_000;

export interface SheafProcess {
  url: string;
  /** Of the process that started the others; see `listProcesses`. */
  pid: number;
  dataFolder: string;
  stop(): Promise<void>;
}

/** `npm start` with a data folder of its own and no limits to speak of; `stop` leaves nothing behind. */
export async function startSheaf(): Promise<SheafProcess> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'sheaf-bench-'));
  const port = await findFreePort();
  const child = spawn(process.execPath, ['scripts/run.mjs', 'start'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataFolder,
      RATE_LIMIT_SCALE: '1000000',
      LOG_LEVEL: 'warn',
    },
  });
  const stop = async () => {
    await stopProcess(child);
    await rm(dataFolder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitFor(`${url}/api/ready`, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid ?? 0, dataFolder, stop };
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function waitFor(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_WITHIN_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await sleep(200);
  }
  throw new Error('Sheaf did not start');
}
