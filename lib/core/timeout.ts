/**
 * Runs `work` and rejects with an `Error` of this message unless it settles within `ms` milliseconds. The
 * signal aborts then, so that work which can be stopped is.
 */
export async function withTimeout<T>(
  { ms, message }: { ms: number; message: string },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(message));
      // Without a reason: Vercel's SDK ends its retries on a plain AbortError only.
      controller.abort();
    }, ms);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
