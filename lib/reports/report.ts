import 'server-only';
import { createHmac } from 'node:crypto';
import { runAfterResponse } from '../core/after-response';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { prisma } from '../core/db';
import { AppError } from '../core/errors';
import { limitSubject } from '../core/http/client-address';
import type { Locale } from '../core/i18n/locale';
import { keysFor } from '../core/keys';
import { seal } from '../core/sealed';
import { newUuid } from '../core/uuid';
import { parseFragment } from '../encryption/fragment';
import type { SecretKey } from '../encryption/key-shape';
import type { Prisma } from '../generated/prisma/client';
import { enforceSubjectLimit } from '../limits/enforce';
import { lookUpPaste } from '../pastes/look-up';
import { canReport } from '../pastes/policy';
import type { PasteRecord } from '../pastes/queries';
import { withGrant } from '../pastes/with-grant';
import { announceCases } from './announce';
import type { CreateReport } from './schema';

/** Of further reports only the number is kept. */
const MAX_KEPT = 100;

/**
 * Reports a paste to the moderators. All reports of one paste are one entry of their queue; the second one from an
 * address replaces its first.
 * @throws AppError not_found, validation_failed, rate_limited
 */
export async function reportPaste(
  slug: string,
  input: CreateReport,
  { caller, locale }: { caller: Caller; locale: Locale },
): Promise<void> {
  const { paste: found, now: at } = await lookUpPaste(slug);
  const paste = found && (await withGrant(found, caller));
  if (!paste || !canReport(caller, paste, at)) throw new AppError('not_found');
  const key = readKey(input.key, paste);
  await enforceSubjectLimit('report-paste', paste.id);
  const report = {
    reason: input.reason,
    details: input.details,
    sealedEmail: input.email === undefined ? null : await seal('reports', input.email),
    sealedKey: key === null ? null : await seal('reports', key),
    locale,
    createdAt: at,
  };
  const reporterHash = hashReporter(caller.address);
  await prisma().$transaction(async (tx) => {
    const { id, reports } = await openCase(tx, paste, at);
    const isNew = reports >= MAX_KEPT || (await keepReport(tx, { caseId: id, reporterHash, report }));
    if (isNew)
      await tx.reportCase.update({
        where: { id },
        data: { reports: { increment: 1 } },
        select: { id: true },
      });
  });
  runAfterResponse(() => announceCases(now()).then(() => {}));
}

/** The key that a reporter hands over, alone or in the link. @throws AppError validation_failed */
function readKey(given: string | undefined, paste: PasteRecord): SecretKey | null {
  if (given === undefined || given.trim() === '') return null;
  const fault = (message: string) =>
    new AppError('validation_failed', { fields: [{ path: 'key', message }] });
  if (!takesKey(paste)) throw fault('report_key_unused');
  try {
    return parseFragment(given.trim().replace(/^[^#]*#/, '')).key;
  } catch {
    throw fault('report_key');
  }
}

/** Whether moderators could read the paste with the key in its link. */
export function takesKey({ encryption, burnAfter }: Pick<PasteRecord, 'encryption' | 'burnAfter'>): boolean {
  return encryption !== null && !encryption.hasLock && burnAfter === null;
}

/** Locks the case of the paste until the transaction ends. A new round of reports begins after a decision. */
async function openCase(
  tx: Prisma.TransactionClient,
  { id: pasteId, slug, ownerId }: PasteRecord,
  at: Date,
): Promise<{ id: string; reports: number }> {
  const [row] = await tx.$queryRaw<{ id: string; reports: number }[]>`
    insert into report_cases as c (id, paste_id, slug, owner_id, reported_at)
    values (${newUuid()}::uuid, ${pasteId}::uuid, ${slug}, ${ownerId}::uuid, ${at})
    on conflict (paste_id) do update set
      reports = case when c.is_open then c.reports else 0 end,
      announced = c.is_open and c.announced,
      owner_id = excluded.owner_id, reported_at = excluded.reported_at, is_open = true
    returning id::text, reports`;
  if (!row) throw new Error('the case of a report was not stored');
  if (row.reports === 0) await tx.report.deleteMany({ where: { caseId: row.id } });
  return row;
}

interface KeptReport {
  caseId: string;
  reporterHash: Uint8Array<ArrayBuffer>;
  report: Omit<Prisma.ReportUncheckedCreateInput, 'caseId' | 'reporterHash'>;
}

/** @returns whether it is the first one from its address */
async function keepReport(
  tx: Prisma.TransactionClient,
  { caseId, reporterHash, report }: KeptReport,
): Promise<boolean> {
  const { count } = await tx.report.updateMany({ where: { caseId, reporterHash }, data: report });
  if (count > 0) return false;
  await tx.report.create({ data: { ...report, caseId, reporterHash }, select: { id: true } });
  return true;
}

/** Tells whether two reports are from one address, without storing it. */
function hashReporter(address: string): Uint8Array<ArrayBuffer> {
  const [key] = keysFor('reports');
  return new Uint8Array(createHmac('sha256', key.bytes).update(limitSubject(address)).digest());
}
