import type { MiddlewareHandler } from 'hono';
import { LARGE_READ_BYTES, takeReadSlot, totalBytes } from '../../pastes/large-reads';
import { type ApiContext, type ApiEnv, callerOf } from '../context';

const PIECE_BYTES = 64 * 1024;

/**
 * Waits until texts this large may be read for the response of this request.
 * @throws AppError overloaded; `requestAborted`
 */
export async function readingSlot(c: ApiContext, files: readonly { bytes: number }[]): Promise<void> {
  const bytes = totalBytes(files);
  if (bytes <= LARGE_READ_BYTES) return;
  // Next does not cancel the body of a response whose client has gone before it begins.
  const { signal } = c.req.raw;
  c.set('giveBackRead', await takeReadSlot(bytes, { address: callerOf(c).address, signal }));
}

/** Gives back what a handler took with `readingSlot`, once the response was sent. */
export const largeReads: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  const giveBack = c.get('giveBackRead');
  if (giveBack === undefined) return;
  const { body } = c.res;
  // A response to HEAD is not read.
  if (c.error || body === null || c.req.raw.method === 'HEAD') giveBack();
  else c.res = new Response(notifyAtEnd(body, giveBack), c.res);
};

/** The same bytes in small pieces. `end` is called when they were read, or the reader went away. */
function notifyAtEnd(body: ReadableStream<Uint8Array>, end: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let rest: Uint8Array = new Uint8Array();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          while (rest.length === 0) {
            const next = await reader.read();
            if (next.done) {
              end();
              controller.close();
              return;
            }
            rest = next.value;
          }
          controller.enqueue(rest.subarray(0, PIECE_BYTES));
          rest = rest.subarray(PIECE_BYTES);
        } catch (error) {
          end();
          throw error;
        }
      },
      async cancel(reason) {
        end();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
