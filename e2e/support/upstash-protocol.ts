import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenAsStandIn } from './stand-in-server';

type UpstashMode = 'ok' | '500' | 'hang' | 'refuse';

export interface UpstashServer {
  /** Serves as `UPSTASH_REDIS_REST_URL`. */
  url: string;
  token: string;
  /** How it answers from now on: `500` with an error, `hang` never, `refuse` not even the connection. */
  fail(mode: UpstashMode): Promise<void>;
  close(): Promise<void>;
}

export type Reply = string | number | null | Reply[];
export type Command = (string | number)[];

/** An error as Redis words it. */
export class RedisFault extends Error {
  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/**
 * Serves Upstash's REST protocol on loopback: one command, or several in a pipeline.
 * @param options.run carries the commands out in their order; a fault is the reply of the command that failed
 */
export async function serveUpstash(options: {
  token?: string | undefined;
  run(commands: readonly Command[]): Promise<(Reply | RedisFault)[]>;
}): Promise<UpstashServer> {
  const token = options.token ?? `standin_${randomBytes(12).toString('hex')}`;
  let mode: UpstashMode = 'ok';

  async function answer(request: IncomingMessage): Promise<object> {
    const body = await text(request);
    if (mode === '500') throw new RedisFault('The stand-in was told to fail', 500);
    if (request.headers.authorization !== `Bearer ${token}`) {
      throw new RedisFault('WRONGPASS invalid or missing auth token', 401);
    }
    if (request.method !== 'POST') throw new RedisFault('ERR the stand-in takes POST only', 405);
    const encode = request.headers['upstash-encoding'] === 'base64' ? toBase64 : (reply: Reply) => reply;
    const asked: unknown = JSON.parse(body);
    if (request.url === '/' && isCommand(asked)) {
      const [reply = null] = await options.run([asked]);
      if (reply instanceof RedisFault) throw reply;
      return { result: encode(reply) };
    }
    if (!Array.isArray(asked) || !asked.every(isCommand))
      throw new RedisFault('ERR failed to parse commands');
    if (request.url !== '/pipeline') throw new RedisFault('ERR no such path', 404);
    const replies = await options.run(asked);
    return replies.map((reply) =>
      reply instanceof RedisFault ? { error: reply.message } : { result: encode(reply) },
    );
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

  const { url, stop, resume } = await listenAsStandIn(server);

  return {
    url,
    token,
    async fail(next) {
      mode = next;
      if (next === 'refuse') await stop();
      else await resume();
    },
    close: stop,
  };
}

function isCommand(value: unknown): value is Command {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((part) => typeof part === 'string' || typeof part === 'number');
}

/** As Upstash does it: every string but a plain OK, at any depth. */
function toBase64(reply: Reply): Reply {
  if (Array.isArray(reply)) return reply.map(toBase64);
  return typeof reply === 'string' && reply !== 'OK' ? Buffer.from(reply).toString('base64') : reply;
}
