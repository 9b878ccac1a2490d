import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort } from '../../server/postgres/free-port';
import { type Cleanup, makeFolder } from '../support/mounts';

const PATHS = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'];
const READY_WITHIN_MS = 10_000;

/** The database through PgBouncer in transaction mode, or null where PgBouncer is not installed. */
export async function startPooler(databaseUrl: string, cleanup: Cleanup): Promise<string | null> {
  const program = PATHS.find((path) => existsSync(path));
  if (program === undefined) return null;
  const folder = await makeFolder(cleanup);
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const listenPort = await findFreePort();
  const config = [
    '[databases]',
    `* = host=${hostname} port=${port} user=${decodeURIComponent(username)} password=${decodeURIComponent(password)}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${listenPort}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    'default_pool_size = 20',
    'max_client_conn = 500',
    '',
  ].join('\n');
  await writeFile(join(folder, 'pgbouncer.ini'), config);
  // It refuses to run as root, and then reads its settings before it becomes another user.
  const asNobody = process.getuid?.() === 0 ? ['--user', 'nobody'] : [];
  const child = spawn(program, ['--quiet', ...asNobody, join(folder, 'pgbouncer.ini')], { stdio: 'ignore' });
  cleanup.add(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  });
  await waitForPort(listenPort);
  const url = new URL(`postgresql://127.0.0.1:${listenPort}${pathname}`);
  [url.username, url.password] = [username, password];
  return url.href;
}

async function waitForPort(port: number): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const socket = createConnection({ host: '127.0.0.1', port });
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await pause(50);
  }
  throw new Error(`PgBouncer does not listen on port ${port}.`);
}
