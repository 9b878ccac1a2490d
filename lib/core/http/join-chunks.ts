import type { IncomingMessage } from 'node:http';

/**
 * Passes on the chunks that arrive in one turn of the event loop as one. A chunked body may come a byte at a
 * time: ten thousand chunks in one read, each of which would otherwise pass through every stream by itself and
 * hold up other requests. Call it before anything reads the request, after other code has replaced `push`.
 */
export function joinChunks(request: IncomingMessage): void {
  if (request.headers['transfer-encoding'] === undefined) return;
  const push = request.push.bind(request);
  let chunks: Uint8Array[] = [];
  let wantsMore = true;
  const flush = () => {
    if (chunks.length === 0) return;
    const joined = Buffer.concat(chunks);
    chunks = [];
    wantsMore = push(joined);
  };
  request.push = (chunk: Uint8Array | null) => {
    if (chunk === null) {
      flush();
      return push(null);
    }
    chunks.push(chunk);
    if (chunks.length === 1) setImmediate(flush);
    return wantsMore;
  };
}
