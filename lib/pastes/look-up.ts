import 'server-only';
import { now } from '../core/clock';
import { combinedStatement } from '../core/combined-statement';
import { type PasteRecord, pickRecord, selectBySlugs } from './queries';
import { slugsMeantBy } from './slug';

const findAll = combinedStatement('paste-look-ups', async (wanted: readonly (readonly string[])[]) => {
  const at = now();
  return { rows: await selectBySlugs([...new Set(wanted.flat())], at), now: at };
});

/**
 * As `findPaste`, in one statement with the look-ups of concurrent requests.
 * @returns also the time that the statement compared with: to decide with an earlier one could call a paste alive
 * that has expired
 */
export async function lookUpPaste(slug: string): Promise<{ paste: PasteRecord | null; now: Date }> {
  const slugs = slugsMeantBy(slug);
  if (slugs.length === 0) return { paste: null, now: now() };
  const found = await findAll(slugs);
  return { paste: pickRecord(slugs, found.rows), now: found.now };
}
