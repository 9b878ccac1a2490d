import 'server-only';
import { now } from '../core/clock';
import { Coalescer } from '../core/coalesce';
import { QUERY_TIMEOUT } from '../core/db';
import { perProcess } from '../core/per-process';
import { type PasteRecord, type PasteRow, pickRecord, selectBySlugs } from './queries';
import { slugsMeantBy } from './slug';

const MAX_RUNNING = 3;
const MAX_REQUESTS = 500;
/** As long as a connection and a query together may take: see `lib/core/db.ts`. */
const WITHIN_MS = 2_500;

interface Found {
  rows: Map<string, PasteRow>;
  now: Date;
}

const lookUps = perProcess(
  'paste-look-ups',
  () =>
    new Coalescer<readonly string[], Found>({
      run: findAll,
      maxRunning: MAX_RUNNING,
      maxItems: MAX_REQUESTS,
      limit: { ms: WITHIN_MS, message: QUERY_TIMEOUT },
    }),
);

/**
 * As `findPaste`, in one statement with the look-ups of concurrent requests. It is issued after every one of them
 * began, so each sees all that was committed before. Not for use within a transaction.
 * @returns also the time that the statement compared with: to decide with an earlier one could call a paste alive
 * that has expired
 */
export async function lookUpPaste(slug: string): Promise<{ paste: PasteRecord | null; now: Date }> {
  const slugs = slugsMeantBy(slug);
  if (slugs.length === 0) return { paste: null, now: now() };
  const found = await lookUps.get().add(slugs);
  return { paste: pickRecord(slugs, found.rows), now: found.now };
}

async function findAll(wanted: readonly (readonly string[])[]): Promise<Found> {
  const at = now();
  return { rows: await selectBySlugs([...new Set(wanted.flat())], at), now: at };
}
