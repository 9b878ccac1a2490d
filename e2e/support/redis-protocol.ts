import { once } from 'node:events';
import { connect } from 'node:net';
import { type Command, RedisFault, type Reply } from './upstash-protocol';

export interface RedisConnection {
  /** Sends the commands together, and returns their replies in the same order. */
  run(commands: readonly Command[]): Promise<(Reply | RedisFault)[]>;
  close(): void;
}

type Resolve = (reply: Reply | RedisFault) => void;

/** A connection to a Redis on loopback, in its own protocol (RESP2). */
export async function connectToRedis(port: number): Promise<RedisConnection> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  const waiting: { resolve: Resolve; reject: (error: Error) => void }[] = [];
  let received: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (let read = readReply(received, 0); read !== null; read = readReply(received, 0)) {
      received = received.subarray(read.end);
      waiting.shift()?.resolve(read.reply);
    }
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('Redis closed the connection.'));
  });
  return {
    run(commands) {
      const replies = commands.map(
        () => new Promise<Reply | RedisFault>((resolve, reject) => waiting.push({ resolve, reject })),
      );
      socket.write(commands.map(formatCommand).join(''));
      return Promise.all(replies);
    },
    close: () => socket.destroy(),
  };
}

function formatCommand(command: Command): string {
  const parts = command.map((part) => `$${Buffer.byteLength(String(part))}\r\n${part}\r\n`);
  return `*${parts.length}\r\n${parts.join('')}`;
}

/** @returns null while the reply that begins at `start` is not complete */
function readReply(bytes: Buffer, start: number): { reply: Reply | RedisFault; end: number } | null {
  const lineEnd = bytes.indexOf('\r\n', start);
  if (lineEnd < 0) return null;
  const kind = String.fromCharCode(bytes[start] ?? 0);
  const line = bytes.toString('utf8', start + 1, lineEnd);
  const end = lineEnd + 2;
  if (kind === '+') return { reply: line, end };
  if (kind === '-') return { reply: new RedisFault(line), end };
  if (kind === ':') return { reply: Number(line), end };
  const length = Number(line);
  if (length < 0) return { reply: null, end };
  if (kind === '*') return readReplies(bytes, { count: length, start: end });
  if (kind !== '$') throw new Error(`Redis sent a reply of an unknown kind: ${kind}`);
  if (bytes.length < end + length + 2) return null;
  return { reply: bytes.toString('utf8', end, end + length), end: end + length + 2 };
}

function readReplies(
  bytes: Buffer,
  { count, start }: { count: number; start: number },
): { reply: Reply | RedisFault; end: number } | null {
  const replies: Reply[] = [];
  let end = start;
  for (let index = 0; index < count; index += 1) {
    const read = readReply(bytes, end);
    if (read === null) return null;
    if (read.reply instanceof RedisFault) throw read.reply;
    replies.push(read.reply);
    end = read.end;
  }
  return { reply: replies, end };
}
