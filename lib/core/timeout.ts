const TICK_MS = 100;

/** When work that has a time limit must end. */
export class Deadline {
  #controller: AbortController | undefined;
  #isOver = false;

  /** Aborts when the time is over. Made on first use, because most work cannot be stopped and a signal is costly. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isOver) this.#controller.abort();
    return this.#controller.signal;
  }

  /** For work that can stop between two steps. @throws Error when the time is over */
  throwIfOver(): void {
    if (this.#isOver) throw new Error('The time for this work is over');
  }

  end(): void {
    this.#isOver = true;
    // Without a reason: Vercel's SDK ends its retries on a plain AbortError only.
    this.#controller?.abort();
  }
}

/**
 * Runs `work` and rejects with an `Error` of this message unless it settles within `ms` milliseconds. The
 * signal, which is made for work that asks for it, aborts then, so that work which can be stopped is.
 *
 * Only time in which this process could have received an answer counts: a stretch in which it was busy and
 * read nothing counts as one tick. Otherwise a slow rendering would turn answers that have already arrived
 * into timeouts.
 */
export async function withTimeout<T>(
  { ms, message }: { ms: number; message: string },
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const deadline = new Deadline();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const wait = (left: number) => {
      const tick = Math.min(left, TICK_MS);
      timer = setTimeout(() => {
        if (left > tick) return wait(left - tick);
        reject(new Error(message));
        deadline.end();
      }, tick);
    };
    wait(ms);
  });
  try {
    return await Promise.race([work(deadline), late]);
  } finally {
    clearTimeout(timer);
  }
}
