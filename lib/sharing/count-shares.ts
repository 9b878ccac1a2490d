import 'server-only';
import { named, pool } from '../core/db';

/** The number of people each of these pastes is shared with, without those at zero. */
export async function countShares(pasteIds: readonly string[]): Promise<Map<string, number>> {
  const text =
    'select paste_id, count(*)::int from shares where paste_id = any($1::uuid[]) group by paste_id';
  const { rows } = await pool().query<{ paste_id: string; count: number }>(
    named('count-shares', text, [pasteIds]),
  );
  return new Map(rows.map(({ paste_id, count }) => [paste_id, count]));
}
