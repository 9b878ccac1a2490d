import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort } from '../../server/postgres/free-port';
import { connectToRedis, type RedisConnection } from './redis-protocol';
import { type Command, serveUpstash, type UpstashServer } from './upstash-protocol';

const READY_WITHIN_MS = 10_000;
/** On the first line of a script: known to Upstash only, and an error in Redis. */
const UPSTASH_FLAG = ' flags=allow-key-locking';

export interface UpstashBridge extends UpstashServer {
  /** Asks Redis itself. */
  redis: RedisConnection;
}

export function isRedisInstalled(): boolean {
  return spawnSync('redis-server', ['--version']).error === undefined;
}

/** A real Redis that keeps nothing, behind Upstash's REST protocol: its own scripts, counters and clock. */
export async function startUpstashBridge(): Promise<UpstashBridge> {
  const port = await findFreePort();
  const options = { bind: '127.0.0.1', port: String(port), save: '', appendonly: 'no' };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn('redis-server', args, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const redis = await waitForRedis(port);
  const scripts = new Map<string, string>();
  const server = await serveUpstash({
    run: (commands) => redis.run(commands.map((command) => adaptScript(command, scripts))),
  });
  return {
    ...server,
    redis,
    async close() {
      await server.close();
      redis.close();
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** @param scripts by the hash of the script that was sent: that of the one which Redis got */
function adaptScript(command: Command, scripts: Map<string, string>): Command {
  const [name, script, ...rest] = command.map(String);
  if (name === undefined || script === undefined) return command;
  if (/^evalsha$/i.test(name)) return [name, scripts.get(script) ?? script, ...rest];
  if (!/^eval$/i.test(name)) return command;
  const adapted = script.replace(UPSTASH_FLAG, '');
  scripts.set(sha1(script), sha1(adapted));
  return [name, adapted, ...rest];
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

async function waitForRedis(port: number): Promise<RedisConnection> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const connection = await connectToRedis(port).catch(() => null);
    if (connection !== null) return connection;
    if (Date.now() > deadline) throw new Error(`Redis does not listen on port ${port}.`);
    await pause(50);
  }
}
