const TICK_MS = 100;

/**
 * Runs `work` and rejects with an `Error` of this message unless it settles within `ms` milliseconds. The
 * signal aborts then, so that work which can be stopped is.
 *
 * Only time in which this process could have received an answer counts: a stretch in which it was busy and
 * read nothing counts as one tick. Otherwise a slow rendering would turn answers that have already arrived
 * into timeouts.
 */
export async function withTimeout<T>(
  { ms, message }: { ms: number; message: string },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const wait = (left: number) => {
      const tick = Math.min(left, TICK_MS);
      timer = setTimeout(() => {
        if (left > tick) return wait(left - tick);
        reject(new Error(message));
        // Without a reason: Vercel's SDK ends its retries on a plain AbortError only.
        controller.abort();
      }, tick);
    };
    wait(ms);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
