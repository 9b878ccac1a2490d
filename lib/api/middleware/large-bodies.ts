import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../errors';
import { MAX_BODY_BYTES } from '../body';
import type { ApiEnv } from '../context';

/** Bodies up to this are too small to count. */
const LARGE_BYTES = 1024 * 1024;
const AT_ONCE = 8;
const MAX_WAITING = 64;
const WAIT_MS = 10_000;
const RETRY_AFTER_SECONDS = 5;

/** How many may be taken at once; the rest wait in line, and not for long. */
class Slots {
  #free: number;
  readonly #waiting: ((isGiven: boolean) => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** @returns what gives the slot back. @throws AppError overloaded */
  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else if (this.#waiting.length >= MAX_WAITING || !(await this.#wait())) {
      throw new AppError('overloaded', { retryAfter: RETRY_AFTER_SECONDS });
    }
    return () => this.#giveBack();
  }

  #wait(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(settle), 1);
        resolve(false);
      }, WAIT_MS);
      const settle = (isGiven: boolean) => {
        clearTimeout(timer);
        resolve(isGiven);
      };
      this.#waiting.push(settle);
    });
  }

  #giveBack(): void {
    const next = this.#waiting.shift();
    if (next) next(true);
    else this.#free += 1;
  }
}

const slots = new Slots(AT_ONCE);

/**
 * Refuses what says of itself that it is too large, and lets a few large bodies in at once: each is held
 * whole, parsed, and held again as text, and many together would exhaust the memory of the process.
 */
export const largeBodies: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const announced = announcedBytes(c.req.raw.headers);
  if (announced > MAX_BODY_BYTES) throw new AppError('too_large');
  if (announced <= LARGE_BYTES) return next();
  const giveBack = await slots.take();
  try {
    await next();
  } finally {
    giveBack();
  }
};

/** A body that does not say how long it is may be as long as any. */
function announcedBytes(headers: Headers): number {
  if (headers.has('transfer-encoding')) return MAX_BODY_BYTES;
  return Number(headers.get('content-length') ?? 0);
}
