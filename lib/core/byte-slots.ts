import { requestAborted } from './app-error';
import { AppError } from './errors';

const RETRY_AFTER_SECONDS = 5;

interface ByteSlotsOptions {
  /** How many bytes are lent out at the same time. */
  capacity: number;
  /** How many of them one client may hold, so that a few clients cannot keep the others out. */
  perClient: number;
  /** How long a request waits for its bytes. */
  waitMs: number;
  /** How many requests wait at the same time; those of one client fill half of the places. */
  maxWaiting: number;
}

interface Waiting {
  client: string;
  bytes: number;
  admit: () => void;
}

/**
 * Memory that requests take before they do something large, and give back afterwards. It is lent out in the
 * order of the requests; one whose client has its share already lets others pass.
 */
export class ByteSlots {
  readonly #options: ByteSlotsOptions;
  readonly #held = new Map<string, number>();
  readonly #waiting: Waiting[] = [];
  #free: number;

  constructor(options: ByteSlotsOptions) {
    this.#options = options;
    this.#free = options.capacity;
  }

  /**
   * Takes as many bytes, or a client's whole share if they are more than that.
   * @param client what to count by: an address, or the /64 of an IPv6 address
   * @param signal aborts when the request is over, which then leaves the line, or gives back what it holds
   * @returns what gives them back; a second call does nothing. @throws AppError overloaded; `requestAborted`
   */
  take(client: string, bytes: number, signal?: AbortSignal): Promise<() => void> {
    if (signal?.aborted) return Promise.reject(requestAborted());
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const leave = (error: Error) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        this.#waiting.splice(this.#waiting.indexOf(one), 1);
        reject(error);
        this.#admitWaiting();
      };
      const abort = () => leave(requestAborted());
      const giveUp = () => leave(new AppError('overloaded', { retryAfter: RETRY_AFTER_SECONDS }));
      const one: Waiting = {
        client,
        bytes: Math.min(bytes, this.#options.perClient),
        admit: () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', abort);
          const giveBack = this.#hold(one);
          signal?.addEventListener('abort', giveBack, { once: true });
          resolve(giveBack);
        },
      };
      this.#waiting.push(one);
      this.#admitWaiting();
      if (!this.#waiting.includes(one)) return;
      if (this.#isLineFull(client)) {
        giveUp();
        return;
      }
      signal?.addEventListener('abort', abort, { once: true });
      timer = setTimeout(giveUp, this.#options.waitMs);
    });
  }

  #hold({ client, bytes }: Waiting): () => void {
    this.#count(client, bytes);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#count(client, -bytes);
      this.#admitWaiting();
    };
  }

  #count(client: string, bytes: number): void {
    this.#free -= bytes;
    const held = (this.#held.get(client) ?? 0) + bytes;
    if (held === 0) this.#held.delete(client);
    else this.#held.set(client, held);
  }

  #admitWaiting(): void {
    for (const one of [...this.#waiting]) {
      const held = this.#held.get(one.client) ?? 0;
      if (held + one.bytes > this.#options.perClient) continue;
      // Those behind wait too: else small requests would keep a large one waiting for ever.
      if (one.bytes > this.#free) break;
      this.#waiting.splice(this.#waiting.indexOf(one), 1);
      one.admit();
    }
  }

  #isLineFull(client: string): boolean {
    const { maxWaiting } = this.#options;
    const own = this.#waiting.filter((one) => one.client === client).length;
    return this.#waiting.length > maxWaiting || own > maxWaiting / 2;
  }
}
