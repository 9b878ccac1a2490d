import { withTimeout } from './timeout';

interface CoalescerOptions<Item, Result> {
  /** Answers for all items at once. */
  run: (items: readonly Item[]) => Promise<Result>;
  /** The most calls of `run` at the same time. */
  maxRunning: number;
  /** The most items of one call. */
  maxItems: number;
  /** How long a caller may wait, also for its call to begin, and the message of the error after that. */
  limit: { ms: number; message: string };
}

interface Batch<Item, Result> {
  items: Item[];
  result: Promise<Result>;
  begin: () => void;
}

/**
 * Makes one call for the items of concurrent callers. A batch takes items until its call begins, which is at the
 * end of the present turn of the event loop, or later while as many calls run as may. An error rejects for the
 * callers of its batch, and for no others.
 */
export class Coalescer<Item, Result> {
  readonly #options: CoalescerOptions<Item, Result>;
  readonly #waiting: Batch<Item, Result>[] = [];
  #running = 0;

  constructor(options: CoalescerOptions<Item, Result>) {
    this.#options = options;
  }

  /** @returns what the call for the batch of this item gave */
  add(item: Item): Promise<Result> {
    const last = this.#waiting.at(-1);
    const batch = last && last.items.length < this.#options.maxItems ? last : this.#openBatch();
    batch.items.push(item);
    return batch.result;
  }

  #openBatch(): Batch<Item, Result> {
    const { run, limit } = this.#options;
    const items: Item[] = [];
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const work = begun.then(() => run(items)).finally(() => this.#endCall());
    const batch = { items, begin, result: withTimeout(limit, () => work) };
    batch.result.catch(() => this.#giveUp(batch));
    if (this.#waiting.push(batch) === 1) setImmediate(() => this.#beginCalls());
    return batch;
  }

  #beginCalls(): void {
    while (this.#running < this.#options.maxRunning) {
      const batch = this.#waiting.shift();
      if (!batch) return;
      this.#running += 1;
      batch.begin();
    }
  }

  #endCall(): void {
    this.#running -= 1;
    this.#beginCalls();
  }

  #giveUp(batch: Batch<Item, Result>): void {
    const index = this.#waiting.indexOf(batch);
    if (index >= 0) this.#waiting.splice(index, 1);
  }
}
