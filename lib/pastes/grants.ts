import 'server-only';
import { combinedStatement } from '../core/combined-statement';
import { named, pool } from '../core/db';
import type { Prisma } from '../generated/prisma/client';
import type { ShareRole } from '../generated/prisma/enums';

/** The grant of a share on one paste. */
export interface Grant {
  shareId: string;
  role: ShareRole;
  isOpened: boolean;
}

/** A request for a grant. */
interface Wanted {
  pasteId: string;
  email: string | null;
  shareIds: readonly string[];
}

interface ShareRow {
  id: string;
  paste_id: string;
  email: string;
  role: ShareRole;
  opened: boolean;
}

// The arrays come from subqueries, so that the plan does not depend on their length.
const FIND_GRANTS = `
  select id, paste_id, email, role, opened_at is not null as opened from shares
  where paste_id = any(array(select unnest($1::uuid[])))
    and (email = any(array(select unnest($2::text[]))) or id = any(array(select unnest($3::uuid[]))))
  order by role desc`;

const selectGrants = combinedStatement('grants', async (wanted: readonly Wanted[]) => {
  const emails = wanted.flatMap(({ email }) => email ?? []);
  const values = [wanted.map(({ pasteId }) => pasteId), emails, wanted.flatMap(({ shareIds }) => shareIds)];
  const { rows } = await pool().query<ShareRow>(
    named(
      'find-grants',
      FIND_GRANTS,
      values.map((all) => [...new Set(all)]),
    ),
  );
  return rows;
});

/**
 * The grant of this person on this paste, by their confirmed address or by a link confirmed in this browser;
 * the one with the higher role. In one statement with those of concurrent requests.
 */
export async function findGrant(
  pasteId: string,
  { email, shareIds }: Omit<Wanted, 'pasteId'>,
): Promise<Grant | null> {
  if (email === null && shareIds.length === 0) return null;
  const rows = await selectGrants({ pasteId, email, shareIds });
  const row = rows.find((one) => {
    return one.paste_id === pasteId && (one.email === email || shareIds.includes(one.id));
  });
  return row ? { shareId: row.id, role: row.role, isOpened: row.opened } : null;
}

/** Whether a share still allows editing; it cannot be revoked until the transaction ends. */
export async function holdEditing(tx: Prisma.TransactionClient, { shareId }: Grant): Promise<boolean> {
  const held = await tx.$queryRaw<unknown[]>`
    select 1 from shares where id = ${shareId}::uuid and role = 'editor' for share`;
  return held.length > 0;
}
