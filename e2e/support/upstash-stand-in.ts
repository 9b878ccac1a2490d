import { createHash } from 'node:crypto';
import { type Command, RedisFault, type Reply, serveUpstash, type UpstashServer } from './upstash-protocol';

export interface UpstashStandIn extends UpstashServer {
  /** What is stored and has not expired, by key. */
  values(): Map<string, string>;
}

type Script = (keys: string[], args: string[]) => Reply;

interface Entry {
  value: string;
  expiresAt: number;
}

/** A Redis in memory, on loopback, in Upstash's REST protocol; as much as `@upstash/ratelimit` 2.2 asks for. */
export async function startUpstashStandIn(options: { token?: string } = {}): Promise<UpstashStandIn> {
  const entries = new Map<string, Entry>();
  const scripts = new Map<string, Script>();

  function readEntry(key: string): Entry | undefined {
    const entry = entries.get(key);
    if (entry && entry.expiresAt > Date.now()) return entry;
    entries.delete(key);
    return undefined;
  }

  function incrementBy(key: string, increment: number): number {
    const { value, expiresAt } = readEntry(key) ?? { value: '0', expiresAt: Number.POSITIVE_INFINITY };
    const next = Number(value) + increment;
    if (!Number.isInteger(next)) throw new RedisFault('ERR value is not an integer or out of range');
    entries.set(key, { value: String(next), expiresAt });
    return next;
  }

  const countInFixedWindow: Script = ([key = '', limitKey = ''], [points, window, increment]) => {
    const used = incrementBy(key, Number(increment));
    const entry = readEntry(key);
    if (entry && used === Number(increment)) entry.expiresAt = Date.now() + Number(window);
    return [used, Number(readEntry(limitKey)?.value ?? points)];
  };

  function loadScript(source: string): string {
    const sha = createHash('sha1').update(source).digest('hex');
    if (!isFixedWindow(source)) throw new RedisFault('ERR the stand-in does not know this script');
    scripts.set(sha, countInFixedWindow);
    return sha;
  }

  function runScript(sha: string, [count, ...rest]: string[]): Reply {
    const script = scripts.get(sha.toLowerCase());
    if (!script) throw new RedisFault('NOSCRIPT No matching script. Please use EVAL.');
    return script(rest.slice(0, Number(count)), rest.slice(Number(count)));
  }

  function run([name = '', ...parts]: Command): Reply {
    const args = parts.map(String);
    const [first = '', ...others] = args;
    switch (String(name).toUpperCase()) {
      case 'PING':
        return 'PONG';
      case 'GET':
        return readEntry(first)?.value ?? null;
      case 'DEL':
        return args.filter((key) => readEntry(key) && entries.delete(key)).length;
      case 'EVAL':
        return runScript(loadScript(first), others);
      case 'EVALSHA':
        return runScript(first, others);
      case 'SCRIPT':
        if (first.toUpperCase() === 'LOAD') return loadScript(others[0] ?? '');
        throw new RedisFault('ERR the stand-in only loads scripts');
      default:
        throw new RedisFault(`ERR the stand-in does not know '${name}'`);
    }
  }

  function runOrFail(command: Command): Reply | RedisFault {
    try {
      return run(command);
    } catch (error) {
      if (error instanceof RedisFault) return error;
      throw error;
    }
  }

  const server = await serveUpstash({
    token: options.token,
    run: async (commands) => commands.map(runOrFail),
  });
  return {
    ...server,
    values() {
      const alive = [...entries].filter(([key]) => readEntry(key) !== undefined);
      return new Map(alive.map(([key, { value }]) => [key, value]));
    },
  };
}

/** Tells the library's fixed window, which counts one key and lets it expire, from its other scripts. */
function isFixedWindow(source: string): boolean {
  const calls = [...source.matchAll(/redis\.call\("(\w+)"/g)].map(([, name]) => name);
  return calls.join(' ') === 'GET INCRBY PEXPIRE';
}
