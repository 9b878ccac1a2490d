import { AppError } from '../core/errors';

const AT_ONCE = 8;
/** So that a few clients cannot keep the others out. */
const PER_CLIENT = 2;
const MAX_WAITING = 64;
const WAIT_MS = 10_000;
const RETRY_AFTER_SECONDS = 5;

interface Waiting {
  client: string;
  admit: () => void;
}

/**
 * How many large bodies are held at once: each is kept whole, parsed, and kept again as text, and many
 * together would exhaust the memory of the process. A client may hold two of eight slots; the rest wait in
 * line, at most ten seconds.
 */
export class BodySlots {
  readonly #held = new Map<string, number>();
  readonly #waiting: Waiting[] = [];
  #free = AT_ONCE;

  /**
   * @param client what to count by: an address, or the /64 of an IPv6 address
   * @returns what gives the slot back. @throws AppError overloaded
   */
  async take(client: string): Promise<() => void> {
    if (this.#mayHold(client)) this.#hold(client);
    else await this.#wait(client);
    return () => this.#giveBack(client);
  }

  #mayHold(client: string): boolean {
    return this.#free > 0 && (this.#held.get(client) ?? 0) < PER_CLIENT;
  }

  #hold(client: string): void {
    this.#free -= 1;
    this.#held.set(client, (this.#held.get(client) ?? 0) + 1);
  }

  #wait(client: string): Promise<void> {
    const waitingHere = this.#waiting.filter((one) => one.client === client).length;
    if (this.#waiting.length >= MAX_WAITING || waitingHere >= MAX_WAITING / 2) throw overloaded();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(one), 1);
        reject(overloaded());
      }, WAIT_MS);
      const admit = () => {
        clearTimeout(timer);
        this.#hold(client);
        resolve();
      };
      const one = { client, admit };
      this.#waiting.push(one);
    });
  }

  #giveBack(client: string): void {
    const held = (this.#held.get(client) ?? 1) - 1;
    if (held === 0) this.#held.delete(client);
    else this.#held.set(client, held);
    this.#free += 1;
    const next = this.#waiting.findIndex((one) => this.#mayHold(one.client));
    if (next !== -1) this.#waiting.splice(next, 1)[0]?.admit();
  }
}

function overloaded(): AppError {
  return new AppError('overloaded', { retryAfter: RETRY_AFTER_SECONDS });
}
