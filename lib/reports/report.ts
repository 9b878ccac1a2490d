import 'server-only';
import { createHmac } from 'node:crypto';
import { holdUser } from '../accounts/users/lock';
import { runAfterResponse } from '../core/after-response';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { AppError, invalidField } from '../core/errors';
import { limitSubject } from '../core/http/client-address';
import type { Locale } from '../core/i18n/locale';
import { keysFor } from '../core/keys';
import { prisma } from '../core/prisma';
import { seal } from '../core/sealed';
import { newUuid } from '../core/uuid';
import { EncryptionError } from '../encryption/errors';
import { parseFragment } from '../encryption/fragment';
import type { SecretKey } from '../encryption/key-shape';
import { proofHashOf, proofOf } from '../encryption/proof';
import type { Prisma } from '../generated/prisma/client';
import { enforceSubjectLimit, isWithinLimit } from '../limits/enforce';
import { sameHash } from '../pastes/edit-key';
import { lookUpPaste } from '../pastes/look-up';
import { canReport } from '../pastes/policy';
import type { PasteRecord } from '../pastes/queries';
import { readFileBody } from '../pastes/read';
import { withGrant } from '../pastes/with-grant';
import { announceCases } from './announce';
import type { CreateReport } from './schema';

/** Of further reports only the number is kept. */
const MAX_KEPT = 100;

/**
 * Reports a paste to the moderators. All reports of one paste are one entry of their queue; the second one from an
 * address replaces its first, and keeps the email and the key of that one unless it has others.
 * @throws AppError not_found (also for the author, and for a hidden paste), validation_failed, rate_limited
 */
export async function reportPaste(
  slug: string,
  input: CreateReport,
  { caller, locale }: { caller: Caller; locale: Locale },
): Promise<void> {
  const { paste: found, now: at } = await lookUpPaste(slug);
  const paste = found && (await withGrant(found, caller));
  if (!paste || !canReport(caller, paste, at)) throw new AppError('not_found');
  await enforceSubjectLimit('report-paste', paste.id);
  const key = await readKey(input.key, paste);
  const reporterHash = hashReporter(caller.address);
  const email = input.email !== undefined && (await mayMail(input.email, reporterHash)) ? input.email : null;
  const report = {
    reason: input.reason,
    details: input.details,
    ...(email === null ? {} : { sealedEmail: await seal('reports', email) }),
    ...(key === null ? {} : { sealedKey: await seal('reports', key) }),
    locale,
    revision: paste.revision,
    createdAt: at,
  };
  await prisma().$transaction(async (tx) => {
    // Users are locked before anything else, as where accounts are deleted.
    if (paste.ownerId !== null && !(await holdUser(tx, paste.ownerId))) throw new AppError('not_found');
    const { id, reports } = await openCase(tx, paste, at);
    await holdVisible(tx, paste);
    if (await keepReport(tx, { caseId: id, reporterHash, report, isFull: reports >= MAX_KEPT }))
      await tx.reportCase.update({
        where: { id },
        data: { reports: { increment: 1 } },
        select: { id: true },
      });
  });
  runAfterResponse(() => announceCases(now()).then(() => {}));
}

/** The key that a reporter hands over, alone or in the link. @throws AppError validation_failed */
async function readKey(given: string | undefined, paste: PasteRecord): Promise<SecretKey | null> {
  if (given === undefined || given.trim() === '') return null;
  if (!takesKey(paste)) throw invalidField('key', 'report_key_unused');
  const key = parseKey(given);
  if (key === null) throw invalidField('key', 'report_key');
  if (!isProvenBy(key, paste) && (await isKeyOfAnother(key, paste)))
    throw invalidField('key', 'report_key_wrong');
  return key;
}

function isProvenBy(key: SecretKey, { proofHash }: PasteRecord): boolean {
  return proofHash !== null && sameHash(Buffer.from(proofHashOf(proofOf(key)), 'hex'), proofHash);
}

/** The author may have stored the hash of something else, so the ciphertext decides; one that is damaged tells nothing. */
async function isKeyOfAnother(key: SecretKey, { stored: [file] }: PasteRecord): Promise<boolean> {
  if (!file) return false;
  const { decryptWithKey } = await import('../encryption/age-file');
  const error: unknown = await readFileBody(file)
    .then((payload) => decryptWithKey(payload, key))
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  return error instanceof EncryptionError && error.code === 'wrong_key';
}

function parseKey(given: string): SecretKey | null {
  try {
    return parseFragment(given.trim().replace(/^[^#]*#/, '')).key;
  } catch {
    return null;
  }
}

/**
 * Whether the decision may be mailed to this address: anyone can enter any. An error would tell that others have
 * reported with it.
 */
async function mayMail(email: string, reporterHash: Uint8Array): Promise<boolean> {
  const reporter = Buffer.from(reporterHash).toString('hex');
  return (
    (await isWithinLimit('report-mails', `by:${reporter}`)) && isWithinLimit('report-mails', `to:${email}`)
  );
}

/** Whether moderators could read the paste with the key in its link. */
export function takesKey({ encryption, burnAfter }: Pick<PasteRecord, 'encryption' | 'burnAfter'>): boolean {
  return encryption !== null && !encryption.hasLock && burnAfter === null;
}

/**
 * Locks the case of the paste until the transaction ends. A new round begins with the first report after a decision,
 * without the reports and the appeal of the one before.
 */
async function openCase(
  tx: Prisma.TransactionClient,
  { id: pasteId, slug, ownerId }: PasteRecord,
  at: Date,
): Promise<{ id: string; reports: number }> {
  const [before] = await tx.$queryRaw<{ is_open: boolean }[]>`
    select is_open from report_cases where paste_id = ${pasteId}::uuid for update`;
  const [row] = await tx.$queryRaw<{ id: string; reports: number }[]>`
    insert into report_cases as c (id, paste_id, slug, owner_id, reported_at)
    values (${newUuid()}::uuid, ${pasteId}::uuid, ${slug}, ${ownerId}::uuid, ${at})
    on conflict (paste_id) do update set
      reports = case when c.is_open then c.reports else 0 end,
      announced = c.is_open and c.announced,
      appeal = case when c.is_open then c.appeal end,
      appealed_at = case when c.is_open then c.appealed_at end,
      owner_id = excluded.owner_id, reported_at = excluded.reported_at, is_open = true
    returning id::text, reports`;
  if (!row) throw new Error('the case of a report was not stored');
  if (before?.is_open === false) await tx.report.deleteMany({ where: { caseId: row.id } });
  return row;
}

/**
 * Keeps the paste from being hidden or deleted until the transaction ends, as its case is open now. Locked after the
 * case, as where cases are decided.
 * @throws AppError not_found, if it was hidden or deleted since it was read
 */
async function holdVisible(tx: Prisma.TransactionClient, { id }: PasteRecord): Promise<void> {
  const visible = await tx.$queryRaw<unknown[]>`
    select 1 from pastes where id = ${id}::uuid and hidden_at is null and deleted_at is null for share`;
  if (visible.length === 0) throw new AppError('not_found');
}

interface KeptReport {
  caseId: string;
  reporterHash: Uint8Array<ArrayBuffer>;
  report: Omit<Prisma.ReportUncheckedCreateInput, 'caseId' | 'reporterHash'>;
  /** Whether no further ones are kept. */
  isFull: boolean;
}

/** @returns whether it counts: it replaces none that is kept */
async function keepReport(
  tx: Prisma.TransactionClient,
  { caseId, reporterHash, report, isFull }: KeptReport,
): Promise<boolean> {
  const { count } = await tx.report.updateMany({ where: { caseId, reporterHash }, data: report });
  if (count > 0) return false;
  if (isFull) return true;
  await tx.report.create({ data: { ...report, caseId, reporterHash }, select: { id: true } });
  return true;
}

/** Tells whether two reports are from one address, without storing it. */
function hashReporter(address: string): Uint8Array<ArrayBuffer> {
  const [key] = keysFor('reports');
  return new Uint8Array(createHmac('sha256', key.bytes).update(limitSubject(address)).digest());
}
