import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from './free-port';
import { commandAs } from './postgres-account';
import type { Installation } from './postgres-installation';
import { isAlive, type Postmaster, readPostmaster, signal } from './postmaster-file';

const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 20_000;
const LOG_KEPT_BYTES = 5_000_000;

/** Starts the server and waits until it accepts connections. Throws with the end of its log on failure. */
export async function startPostmaster(
  installation: Installation,
  options: { port?: number | undefined; settings: Record<string, string> },
): Promise<Postmaster> {
  const { account, binaries, home } = installation;
  const data = join(home, 'cluster/data');
  const logFile = join(home, 'postgres.log');
  const log = await open(logFile, 'a', 0o600);
  try {
    const logStart = await trimLog(logFile);
    const port = options.port ?? (await findFreePort());
    const args = Object.entries({ ...options.settings, port }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const command = commandAs(account, join(binaries, 'bin/postgres'), ['-D', data, ...args]);
    // Its own process group: Ctrl-C in the terminal is for the app, which stops the server afterwards.
    const child = spawn(command.command, command.args, {
      ...command.options,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    const failed = once(child, 'exit').then(() => true);
    failed.catch(() => {});
    child.unref();
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      const postmaster = await readPostmaster(data);
      if (postmaster?.pid === child.pid && postmaster?.status === 'ready') return postmaster;
      const ended = await Promise.race([failed, sleep(20, false)]);
      if (ended) break;
    }
    const said = (await readFile(logFile, 'utf8')).slice(logStart).trim().slice(-2_000);
    throw new Error(`The embedded database did not start (log: ${logFile}).\n${said}`);
  } finally {
    await log.close();
  }
}

/** Truncates a log that is too long. Returns its size. */
async function trimLog(file: string): Promise<number> {
  const { size } = await stat(file);
  if (size < LOG_KEPT_BYTES) return size;
  await writeFile(file, '');
  return 0;
}

/** Shuts the server down, by force if it does not end in time. */
export async function stopPostmaster(data: string, pid: number): Promise<void> {
  if ((await readPostmaster(data))?.pid !== pid || !signal(pid, 'SIGINT')) return;
  if (await isGone(data, pid)) return;
  signal(pid, 'SIGQUIT');
  await isGone(data, pid);
}

/** Waits until the server's file or process is gone: a process may remain as a zombie. */
async function isGone(data: string, pid: number): Promise<boolean> {
  const deadline = Date.now() + STOPPED_WITHIN_MS;
  while (Date.now() < deadline) {
    if ((await readPostmaster(data))?.pid !== pid || !isAlive(pid)) return true;
    await sleep(20);
  }
  return false;
}
