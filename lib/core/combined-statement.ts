import 'server-only';
import { Coalescer } from './coalesce';
import { QUERY_TIMEOUT } from './db';
import { perProcess } from './per-process';

const MAX_RUNNING = 3;
const MAX_ITEMS = 500;
/** As long as a connection and a query together may take: see `lib/core/db.ts`. */
const WITHIN_MS = 2_500;

/**
 * One statement for the items of concurrent callers, where each would issue its own. It is issued after every one
 * of them began, so each sees all that was committed before. Not for use within a transaction.
 * @param name of the look-up, unique in the process
 * @param run issues the statement for these items
 * @returns gives a caller what the statement for their item gave: for all items, so each picks its own
 */
export function combinedStatement<Item, Result>(
  name: string,
  run: (items: readonly Item[]) => Promise<Result>,
): (item: Item) => Promise<Result> {
  const limit = { ms: WITHIN_MS, message: QUERY_TIMEOUT };
  const calls = perProcess(
    `combined-${name}`,
    () => new Coalescer<Item, Result>({ run, maxRunning: MAX_RUNNING, maxItems: MAX_ITEMS, limit }),
  );
  return (item) => calls.get().add(item);
}
