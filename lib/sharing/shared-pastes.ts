import 'server-only';
import { now } from '../core/clock';
import { combinedStatement } from '../core/combined-statement';
import { named, pool } from '../core/db';
import { cutPage, type Page } from '../core/pagination';
import type { ShareRole } from '../generated/prisma/enums';
import { decodeCursor, encodeCursor } from '../pastes/cursor';
import { ALIVE, type ListedPaste, type ListedRow, SELECT_LISTED, toListed } from '../pastes/queries';

interface ShareRow {
  id: string;
  paste_id: string;
  role: ShareRole;
  created_at: Date;
  opened_at: Date | null;
}

export interface SharedPaste {
  /** Without a preview until it was opened: reading the text there would not show as opened. */
  paste: ListedPaste;
  role: ShareRole;
  sharedAt: Date;
  openedAt: Date | null;
}

// Of a share `s` and its paste `p`: what `listSharedPastes` lists; `$1` is now.
const LISTED = `p.hidden_at is null and ${ALIVE}
      and not exists (select 1 from users u where u.id = p.owner_id
        and (u.email = s.email or (u.banned_at is not null and p.visibility <> 'private')))`;

/** How many of the newest shares `countUnopened` looks at. */
const COUNTED_SHARES = 100;

const FIND_UNOPENED = `
  select s.email, array_agg(s.id::text) as ids
  from unnest($2::text[]) as asked (email)
    cross join lateral (select * from shares where email = asked.email
      order by created_at desc limit ${COUNTED_SHARES}) s
    join pastes p on p.id = s.paste_id
  where s.opened_at is null and ${LISTED}
  group by s.email`;

const findByEmail = combinedStatement('unopened', async (emails: readonly string[]) => {
  const { rows } = await pool().query<{ email: string; ids: string[] }>(
    named('find-unopened', FIND_UNOPENED, [now(), [...new Set(emails)]]),
  );
  return new Map(rows.map(({ email, ids }) => [email, ids]));
});

/**
 * How many of the newest pastes that others share with an address it has not opened.
 * @param opening the share that is opened with the same response, and no longer counts
 */
export async function countUnopened(email: string, opening: string | null = null): Promise<number> {
  const ids = (await findByEmail(email)).get(email) ?? [];
  return ids.filter((id) => id !== opening).length;
}

/** The living pastes that others share with an address, one owner or any, the newest share first. */
export async function listSharedPastes(
  email: string,
  filter: { limit: number; cursor?: string | undefined; ownerId?: string },
  now: Date,
): Promise<Page<SharedPaste>> {
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor, 'timestamptz');
  const text = `select s.id, s.paste_id, s.role, s.created_at, s.opened_at
    from shares s join pastes p on p.id = s.paste_id
    where s.email = $2 and ${LISTED}
      and ($3::timestamptz is null or (s.created_at, s.id) < ($3, $4::uuid))
      and ($6::uuid is null or p.owner_id = $6)
    order by s.created_at desc, s.id desc limit $5`;
  const values = [
    now,
    email,
    after?.key ?? null,
    after?.id ?? null,
    filter.limit + 1,
    filter.ownerId ?? null,
  ];
  const { rows } = await pool().query<ShareRow>(text, values);
  const { items: shares, last } = cutPage(rows, filter.limit);
  const found = await pool().query<ListedRow>(`${SELECT_LISTED} where p.id = any($2::uuid[]) and ${ALIVE}`, [
    now,
    shares.map((share) => share.paste_id),
  ]);
  const pastes = new Map(found.rows.map(toListed).map((paste) => [paste.id, paste]));
  const items = shares.flatMap(({ paste_id, role, created_at: sharedAt, opened_at: openedAt }) => {
    const paste = pastes.get(paste_id);
    if (!paste) return [];
    const shown = openedAt === null ? { ...paste, preview: null } : paste;
    return [{ paste: shown, role, sharedAt, openedAt }];
  });
  const nextCursor = last ? encodeCursor({ key: last.created_at.toISOString(), id: last.id }) : null;
  return { items, nextCursor };
}
