/** A long computation that yields after each small step, so that other requests can run in between. */
export type SlicedTask<Result> = Generator<undefined, Result>;

/** A step over a text of more bytes takes milliseconds: others are answered between two of them. */
export const PAUSE_ABOVE = 256 * 1024;

/** How long a task may run without giving way to the event loop. */
const SLICE_MS = 10;

/** Far less than a slice takes, whatever a task does with them. */
const STEP_CHARACTERS = 16 * 1024;
/** What an item costs beside its characters, as if it had more of them. */
const ITEM_CHARACTERS = 16;

/** How often `keepAlive` is called. */
const KEEP_ALIVE_MS = 1_000;

/**
 * Runs a task to its end, in slices between which the event loop turns: other requests run, or the page responds.
 * A task shorter than a slice does not wait. For Node and browsers.
 * @param options.keepAlive called every second, for a transaction that ends when it is idle for long
 */
export async function runInSlices<Result>(
  task: SlicedTask<Result>,
  { keepAlive }: { keepAlive?: () => Promise<unknown> } = {},
): Promise<Result> {
  let sliceStart = performance.now();
  let lastKeepAlive = sliceStart;
  for (;;) {
    const step = task.next();
    if (step.done) return step.value;
    if (performance.now() - sliceStart < SLICE_MS) continue;
    await nextTurn();
    sliceStart = performance.now();
    if (keepAlive === undefined || sliceStart - lastKeepAlive < KEEP_ALIVE_MS) continue;
    await keepAlive();
    lastKeepAlive = performance.now();
  }
}

/** Counts what a task has read since it yielded last, for loops whose items may be tiny or large. */
export class Stride {
  #length = 0;

  /** Counts one more item, and whether the task should yield after it. */
  isOver(characters: number): boolean {
    this.#length += characters + ITEM_CHARACTERS;
    if (this.#length < STEP_CHARACTERS) return false;
    this.#length = 0;
    return true;
  }
}

/** Runs a task to its end without pauses: for tests, and where the input is short. */
export function runToEnd<Result>(task: SlicedTask<Result>): Result {
  for (;;) {
    const step = task.next();
    if (step.done) return step.value;
  }
}

let lastTurn = Promise.resolve();

/** One task goes on in each turn, so that many of them hold it no longer than one does. */
function nextTurn(): Promise<void> {
  lastTurn = lastTurn.then(nextTask);
  return lastTurn;
}

/** Resolves in another turn of the event loop. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    // Unlike timers, messages are not delayed in a hidden tab.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
