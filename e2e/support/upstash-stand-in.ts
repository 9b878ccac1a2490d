import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type UpstashMode = 'ok' | '500' | 'hang' | 'refuse';

export interface UpstashStandIn {
  /** Serves as `UPSTASH_REDIS_REST_URL`. */
  url: string;
  token: string;
  /** How it answers from now on: `500` with an error, `hang` never, `refuse` not even the connection. */
  fail(mode: UpstashMode): Promise<void>;
  /** What is stored and has not expired, by key. */
  values(): Map<string, string>;
  close(): Promise<void>;
}

type Reply = string | number | null | Reply[];
type Command = (string | number)[];
type Script = (keys: string[], args: string[]) => Reply;

interface Entry {
  value: string;
  expiresAt: number;
}

/** An error as Redis words it. */
class RedisFault extends Error {
  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** A Redis in memory, on loopback, in Upstash's REST protocol; as much as `@upstash/ratelimit` 2.2 asks for. */
export async function startUpstashStandIn(options: { token?: string } = {}): Promise<UpstashStandIn> {
  const token = options.token ?? `standin_${randomBytes(12).toString('hex')}`;
  const entries = new Map<string, Entry>();
  const scripts = new Map<string, Script>();
  let mode: UpstashMode = 'ok';

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

  function runEach(commands: Command[], encode: (reply: Reply) => Reply): object[] {
    return commands.map((command) => {
      try {
        return { result: encode(run(command)) };
      } catch (error) {
        if (error instanceof RedisFault) return { error: error.message };
        throw error;
      }
    });
  }

  async function answer(request: IncomingMessage): Promise<object> {
    const body = await readAll(request);
    if (mode === '500') throw new RedisFault('The stand-in was told to fail', 500);
    if (request.headers.authorization !== `Bearer ${token}`) {
      throw new RedisFault('WRONGPASS invalid or missing auth token', 401);
    }
    if (request.method !== 'POST') throw new RedisFault('ERR the stand-in takes POST only', 405);
    const encode = request.headers['upstash-encoding'] === 'base64' ? toBase64 : (reply: Reply) => reply;
    const asked: unknown = JSON.parse(body);
    if (request.url === '/' && isCommand(asked)) return { result: encode(run(asked)) };
    if (!Array.isArray(asked) || !asked.every(isCommand))
      throw new RedisFault('ERR failed to parse commands');
    // Nothing else runs between these commands, so a pipeline is as good as a transaction.
    if (request.url === '/pipeline' || request.url === '/multi-exec') return runEach(asked, encode);
    throw new RedisFault('ERR no such path', 404);
  }

  const server = createServer(async (request, response) => {
    if (mode === 'hang') return;
    const [status, body] = await answer(request).then(
      (reply): [number, object] => [200, reply],
      (error: unknown): [number, object] => [
        error instanceof RedisFault ? error.status : 500,
        { error: error instanceof Error ? error.message : String(error) },
      ],
    );
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });

  async function listen(port: number): Promise<void> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }

  async function stop(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    token,
    async fail(next) {
      mode = next;
      if (next === 'refuse') await stop();
      else if (!server.listening) await listen(port);
    },
    values() {
      const alive = [...entries].filter(([key]) => readEntry(key) !== undefined);
      return new Map(alive.map(([key, { value }]) => [key, value]));
    },
    close: stop,
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function isCommand(value: unknown): value is Command {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((part) => typeof part === 'string' || typeof part === 'number');
}

/** Tells the library's fixed window, which counts one key and lets it expire, from its other scripts. */
function isFixedWindow(source: string): boolean {
  const calls = [...source.matchAll(/redis\.call\("(\w+)"/g)].map(([, name]) => name);
  return calls.join(' ') === 'GET INCRBY PEXPIRE';
}

/** As Upstash does it: every string but a plain OK, at any depth. */
function toBase64(reply: Reply): Reply {
  if (Array.isArray(reply)) return reply.map(toBase64);
  return typeof reply === 'string' && reply !== 'OK' ? Buffer.from(reply).toString('base64') : reply;
}
