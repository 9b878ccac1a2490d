import 'server-only';
import { now } from '../core/clock';
import { pool } from '../core/db';
import { cutPage, type Page } from '../core/pagination';
import { pasteUrl } from '../pastes/dto';
import { totalBytes } from '../pastes/large-reads';
import { ALIVE, type ListedPaste, type ListedRow, SELECT_LISTED, toListed } from '../pastes/queries';
import type { ApprovalDto, ListApprovals } from './approval-schema';

const SHOWN_PASTES = 10;

/** `awaitsApproval` of policy.ts in SQL, for pastes `p` of a user who is not approved; `$1` is now. */
export const WAITING = `p.visibility = 'public' and p.hidden_at is null and p.burn_after is null and ${ALIVE}`;

/** Changes with each waiting paste that is added, edited or removed. */
export const VERSION = `md5(string_agg(concat_ws(' ', p.id, p.revision, p.settings_version), ',' order by p.id))`;

interface MemberRow {
  id: string;
  username: string;
  created_at: Date;
  waiting: number;
  version: string;
}

// Most members who wait have saved nothing public: only those of the page are counted for.
const LIST_MEMBERS = `
  with member as materialized (
    select u.id, u.username, u.created_at from users u
    where u.awaits_approval and u.banned_at is null and ($2::uuid is null or u.id > $2)
      and exists (select from pastes p where p.owner_id = u.id and ${WAITING})
    order by u.id limit $3)
  select member.id::text, member.username, member.created_at, w.waiting, w.version
  from member cross join lateral (
    select count(*)::int as waiting, ${VERSION} as version
    from pastes p where p.owner_id = member.id and ${WAITING}) w
  order by member.id`;

const LIST_PASTES = `${SELECT_LISTED} where p.id = any(array(
    select newest.id from unnest($2::uuid[]) as member(id) cross join lateral (
      select p.id from pastes p where p.owner_id = member.id and ${WAITING}
      order by p.created_at desc, p.id desc limit ${SHOWN_PASTES}) newest))
  order by p.created_at desc, p.id desc`;

/** Members with public pastes that wait for a first approval, the oldest accounts first. The caller checks permission. */
export async function listApprovals({ limit, cursor }: ListApprovals): Promise<Page<ApprovalDto>> {
  const at = now();
  const { rows } = await pool().query<MemberRow>(LIST_MEMBERS, [at, cursor ?? null, limit + 1]);
  const { items, last } = cutPage(rows, limit);
  const listed = await pool().query<ListedRow>(LIST_PASTES, [at, items.map(({ id }) => id)]);
  const pastes = listed.rows.map(toListed);
  return {
    items: items.map(({ created_at, ...member }) => ({
      ...member,
      joined_at: created_at.toISOString(),
      pastes: pastes.filter(({ ownerId }) => ownerId === member.id).map(toWaitingDto),
    })),
    nextCursor: last?.id ?? null,
  };
}

function toWaitingDto({
  slug,
  title,
  files,
  createdAt,
  preview,
}: ListedPaste): ApprovalDto['pastes'][number] {
  return {
    slug,
    url: pasteUrl(slug),
    title,
    language: files[0]?.language ?? '',
    bytes: totalBytes(files),
    files: files.length,
    created_at: createdAt.toISOString(),
    preview,
  };
}
