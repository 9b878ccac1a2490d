import 'server-only';
import { Coalescer } from './coalesce';
import { QUERY_TIMEOUT } from './db';
import { perProcess } from './per-process';

const LOOK_UPS = { maxRunning: 3, maxItems: 500 };
/** As long as a connection and a query together may take: see `lib/core/db.ts`. */
const WITHIN_MS = 2_500;

/**
 * One statement for the items of concurrent callers, where each would issue its own. It is issued after every one
 * of them began, so each sees all that was committed before. Not for use within a transaction.
 * @param name of the look-up, unique in the process
 * @param run issues the statement for these items
 * @param options how many statements run at the same time, and how many items one has, at most
 * @returns gives a caller what the statement for their item gave: for all items, so each picks its own
 */
export function combinedStatement<Item, Result>(
  name: string,
  run: (items: readonly Item[]) => Promise<Result>,
  { maxRunning, maxItems } = LOOK_UPS,
): (item: Item) => Promise<Result> {
  const limit = { ms: WITHIN_MS, message: QUERY_TIMEOUT };
  const calls = perProcess(
    `combined-${name}`,
    () => new Coalescer<Item, Result>({ run, maxRunning, maxItems, limit }),
  );
  return (item) => calls.get().add(item);
}
