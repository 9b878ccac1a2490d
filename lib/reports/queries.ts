import 'server-only';
import { recordAudit } from '../audit/record';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { pool } from '../core/db';
import { AppError, invalidField } from '../core/errors';
import { cutPage, type Page } from '../core/pagination';
import { prisma } from '../core/prisma';
import { decodeCursor, encodeCursor } from '../pastes/cursor';
import { pasteUrl } from '../pastes/dto';
import { totalBytes } from '../pastes/large-reads';
import { decideReported } from '../pastes/policy';
import { findPasteById, findPastesByIds, type PasteRecord } from '../pastes/queries';
import { readReportedContent } from './content';
import { QUEUED } from './queued';
import type { CaseDetailDto, CaseDto, ListCases } from './schema';
import { findSimilar } from './similar';

const SHOWN_REPORTS = 20;
const HOUR_MS = 3_600_000;

interface CaseRow extends Pick<CaseDto, 'id' | 'slug' | 'reports' | 'reasons' | 'decision' | 'appeal'> {
  paste_id: string;
  reported_at: Date;
}

const SELECT_CASE = `
  select c.id, c.paste_id, c.slug, c.reports, c.reported_at, c.decision, c.appeal, coalesce(
    (select json_object_agg(reason, given) from (
      select r.reason, count(*)::int as given from reports r where r.case_id = c.id group by r.reason) by_reason),
    '{}') as reasons
  from report_cases c`;

const ORDERS = {
  newest: {
    column: 'c.reported_at',
    type: 'timestamptz',
    keyOf: (row: CaseRow) => row.reported_at.toISOString(),
  },
  most: { column: 'c.reports', type: 'int', keyOf: (row: CaseRow) => String(row.reports) },
} as const;

/** A page of the queue. @throws AppError validation_failed for an unknown cursor */
export async function listCases({ sort, limit, cursor }: ListCases, caller: Caller): Promise<Page<CaseDto>> {
  const { column, type, keyOf } = ORDERS[sort];
  const after = cursor === undefined ? null : readCursor(cursor, sort);
  const at = now();
  const { rows } = await pool().query<CaseRow>(
    `${SELECT_CASE} where ${QUEUED} and ($2::${type} is null or (${column}, c.id) < ($2, $3::uuid))
     order by ${column} desc, c.id desc limit $4`,
    [at, after?.key ?? null, after?.id ?? null, limit + 1],
  );
  const { items, last } = cutPage(rows, limit);
  const pastes = await findPastesByIds(
    items.map(({ paste_id }) => paste_id),
    at,
  );
  return {
    items: items.map((row) => toCaseDto(row, shownTo(caller, pastes.get(row.paste_id) ?? null, at))),
    nextCursor: last ? encodeCursor({ key: keyOf(last), id: last.id }) : null,
  };
}

/** One case with its reports, and the text where the caller may read it. @throws AppError not_found */
export async function getCase(id: string, caller: Caller): Promise<CaseDetailDto> {
  const at = now();
  const { rows } = await pool().query<CaseRow>(`${SELECT_CASE} where c.id = $2 and ${QUEUED}`, [at, id]);
  const [row] = rows;
  if (!row) throw new AppError('not_found');
  const paste = shownTo(caller, await findPasteById(row.paste_id, at), at);
  const reports = await prisma().report.findMany({
    where: { caseId: id },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: SHOWN_REPORTS,
    select: {
      reason: true,
      details: true,
      sealedKey: true,
      sealedEmail: true,
      revision: true,
      createdAt: true,
    },
  });
  const content = await readReportedContent(id, paste, caller);
  if (paste && content.state === 'text') await recordOpening(paste, caller, at);
  return {
    ...toCaseDto(row, paste),
    items: reports.map(({ reason, details, sealedKey, sealedEmail, revision, createdAt }) => ({
      reason,
      details,
      has_key: sealedKey !== null,
      wants_answer: sealedEmail !== null,
      edited_since: paste !== null && revision !== null && paste.revision > revision,
      created_at: createdAt.toISOString(),
    })),
    content,
    similar: paste === null ? [] : await findSimilar(paste, caller, at),
  };
}

/** Tells the audit log of a text that the moderator could not read elsewhere, once an hour for each paste. */
async function recordOpening(paste: PasteRecord, { user }: Caller, at: Date): Promise<void> {
  if (user === null || (paste.visibility !== 'private' && !paste.isSecret)) return;
  await prisma().$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`report_opened ${user.id}`}, 0))`;
    const recent = await tx.auditEntry.findFirst({
      where: {
        action: 'report_opened',
        actorId: user.id,
        target: paste.slug,
        at: { gt: new Date(at.getTime() - HOUR_MS) },
      },
      orderBy: { id: 'desc' },
      select: { id: true },
    });
    if (recent) return;
    await recordAudit(tx, { actor: user, action: 'report_opened', target: { paste: paste.slug } });
  });
}

function shownTo(caller: Caller, paste: PasteRecord | null, at: Date): PasteRecord | null {
  if (!paste) return null;
  return decideReported(caller, paste, { now: at, hasKey: false }) === 'absent' ? null : paste;
}

function toCaseDto({ paste_id, reported_at, ...row }: CaseRow, paste: PasteRecord | null): CaseDto {
  return {
    ...row,
    url: pasteUrl(row.slug),
    reported_at: reported_at.toISOString(),
    paste: paste && toPasteDto(paste),
  };
}

function toPasteDto(paste: PasteRecord): NonNullable<CaseDto['paste']> {
  return {
    // What only a reader of a burning paste learns.
    title: paste.burnAfter === null ? paste.title : '',
    revision: paste.revision,
    visibility: paste.visibility,
    owner: paste.owner,
    owner_banned: paste.isOwnerBanned,
    bytes: totalBytes(paste.stored),
    files: paste.stored.length,
    created_at: paste.createdAt.toISOString(),
    expires_at: paste.expiresAt?.toISOString() ?? null,
    secret: paste.isSecret,
    burns: paste.burnAfter !== null,
    hidden: paste.hiddenAt !== null,
  };
}

function readCursor(cursor: string, sort: ListCases['sort']): { key: string; id: string } {
  const place = decodeCursor(cursor, sort === 'most' ? 'text' : 'timestamptz');
  if (sort === 'newest' || /^\d{1,9}$/.test(place.key)) return place;
  throw invalidField('cursor', 'cursor_unknown');
}
