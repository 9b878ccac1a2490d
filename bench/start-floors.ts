import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { adoptDatabase } from '../e2e/support/mounts';
import { query } from '../e2e/support/storage';

const DATABASE = 'floors';

interface FloorServer {
  origin: string;
  pid: number;
  stop(): Promise<void>;
}

/**
 * Starts bench/floor-server.ts on the database server of a running Sheaf, in a database of its own, and with
 * files in Sheaf's data folder.
 */
export async function startFloors({ dataFolder }: { dataFolder: string }): Promise<FloorServer> {
  const url = new URL((await adoptDatabase(dataFolder)).url);
  await query(url.href, `drop database if exists ${DATABASE} with (force)`);
  await query(url.href, `create database ${DATABASE}`);
  url.pathname = `/${DATABASE}`;
  const script = fileURLToPath(new URL('floor-server.ts', import.meta.url));
  const child = fork(script, [url.href, join(dataFolder, 'floors')], { execArgv: ['--import', 'tsx'] });
  const exited = once(child, 'exit');
  const ended = exited.then(() => {
    throw new Error('The server of the floors ended.');
  });
  const [port] = (await Promise.race([once(child, 'message'), ended])) as [number];
  ended.catch(() => {});
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
