import 'server-only';
import { randomBytes } from 'node:crypto';
import { findContact } from '../contacts/queries';
import type { Caller, Member, UserRecord } from '../core/caller';
import { now } from '../core/clock';
import { AppError, invalidField } from '../core/errors';
import { type KeepResult, type NamedRequest, runOnce } from '../core/idempotency';
import { hashToken } from '../core/keys';
import { prisma } from '../core/prisma';
import { requireUnchanged } from '../core/read-only';
import { loggedHash, logSecurityEvent } from '../core/security-log';
import { isUuid } from '../core/uuid';
import type { Prisma } from '../generated/prisma/client';
import { enforceLimit, enforceSubjectLimit, isWithinLimit, memberLimit } from '../limits/enforce';
import { deliverSoon, queueMails } from '../mail/outbox';
import { canShare, hasCredential } from '../pastes/policy';
import { findPaste, type PasteRecord } from '../pastes/queries';
import { visibleText } from '../text/unicode/display-text';
import { listSharesOf, SHARE_SELECT, type ShareRecord, toShareDto } from './queries';
import { type CreateShare, MAX_SHARES, SHARE_READ_ONLY, type UpdateShare } from './schema';

/** How long a repeated request sends no second mail, whose link would replace the first one. */
const ONE_MAIL_WITHIN_MS = 60_000;
/** Each of a hundred existing shares takes a statement. */
const WITHIN = { timeout: 20_000 };

interface Invited extends Recipient {
  input: CreateShare;
}

interface Sharing {
  caller: Caller;
  keepsRoles?: boolean;
  /** Of a request with a key, for one person. */
  keep?: KeepResult | undefined;
}

/**
 * Shares a paste with people, all of them or none. An existing share gets the new role, if one is given
 * and `keepsRoles` is not.
 * @throws AppError unauthorized, not_found (also for a contact of another user), validation_failed,
 * rate_limited
 */
export async function sharePaste(
  slug: string,
  inputs: readonly CreateShare[],
  { caller, keepsRoles = false, keep }: Sharing,
): Promise<ShareRecord[]> {
  const { paste, user } = await findSharable(slug, caller);
  requireOpen(paste);
  const resolved = await Promise.all(
    inputs.map(async (input) => ({ ...(await resolveRecipient(input, user)), input })),
  );
  // A person named twice, as a contact and by email, is invited once.
  const invited = resolved.filter(
    ({ email }, index) => resolved.findIndex((one) => one.email === email) === index,
  );
  const before = await listSharesOf(paste.id);
  const all = new Set([...before, ...invited].map(({ email }) => email));
  if (all.size > MAX_SHARES) throw invalidField('email', 'shares_too_many');
  const justMailed = new Set(before.flatMap(({ email, mailedAt }) => (isJustNow(mailedAt) ? email : [])));
  const mailed = invited.filter(({ input, email }) => input.notify && !justMailed.has(email));
  if (mailed.length > memberLimit('share-mails')) throw invalidField('email', 'share_mails_too_many');
  const withheld = await countMails(mailed, { ...caller, user });
  const shares = await prisma().$transaction(async (tx) => {
    // One request at a time: two at once could exceed the limit.
    await tx.$queryRaw`select 1 from pastes where id = ${paste.id}::uuid for no key update`;
    const stored = await storeShares(tx, paste, { invited, withheld, user, keepsRoles });
    if ((await tx.share.count({ where: { pasteId: paste.id } })) > MAX_SHARES)
      throw invalidField('email', 'shares_too_many');
    if (stored[0]) await keep?.(tx, stored[0].id);
    return stored;
  }, WITHIN);
  deliverSoon();
  return shares;
}

/**
 * Shares a paste with one person; a retry gets the share of the first request, and sends no mail.
 * @throws as `sharePaste`, and as `runOnce`
 */
export async function shareWithPerson(
  slug: string,
  input: CreateShare,
  { caller, once }: { caller: Caller; once: NamedRequest | undefined },
): Promise<{ made: ShareRecord; replayed: boolean }> {
  const create = async (keep?: KeepResult) => {
    const [share] = await sharePaste(slug, [input], { caller, keep });
    if (!share) throw new AppError('not_found');
    return share;
  };
  if (!once) return { made: await create(), replayed: false };
  const find = async (id: string) => (await readShares(slug, caller)).find((one) => one.id === id) ?? null;
  return runOnce(once, { create, find });
}

/**
 * All of them or none: a rejected list uses up one mail of the hour, not all that are left.
 * @returns the addresses that are mailed too much by all authors together
 */
async function countMails(mailed: readonly Invited[], caller: Member): Promise<Set<string>> {
  const withheld = new Set<string>();
  if (mailed.length === 0) return withheld;
  const [tightest] = await enforceLimit('share-mails', caller);
  if (tightest && tightest.remaining < mailed.length - 1) {
    throw new AppError('rate_limited', { retryAfter: tightest.reset, cause: [tightest] });
  }
  for (const [index, { email }] of mailed.entries()) {
    if (index > 0) await enforceLimit('share-mails', caller);
    await enforceSubjectLimit('share-recipient', `${caller.user.id}:${email}`);
    if (await isMailedTooMuch(email)) withheld.add(email);
  }
  return withheld;
}

/** An error would tell an author that others share with this address, and let them keep its mails away. */
async function isMailedTooMuch(email: string): Promise<boolean> {
  if (await isWithinLimit('share-recipient-all', email)) return false;
  logSecurityEvent('share_mail_withheld', { recipient: loggedHash(email) });
  return true;
}

interface Storing {
  invited: readonly Invited[];
  /** Addresses whose email is not sent, which the author does not learn. */
  withheld: ReadonlySet<string>;
  user: UserRecord;
  keepsRoles: boolean;
}

/** Stores the shares in the order of `invited`, and queues their mails. The row of the paste is locked. */
async function storeShares(
  tx: Prisma.TransactionClient,
  paste: PasteRecord,
  { invited, withheld, user, keepsRoles }: Storing,
): Promise<ShareRecord[]> {
  const at = now();
  // None of them is revoked before it is updated.
  await tx.$queryRaw`select 1 from shares where paste_id = ${paste.id}::uuid for no key update`;
  const where = { pasteId: paste.id, email: { in: invited.map(({ email }) => email) } };
  const shares = new Map(
    (await tx.share.findMany({ where, select: SHARE_SELECT })).map((share) => [share.email, share]),
  );
  const created: Prisma.ShareCreateManyInput[] = [];
  const invitations: Invitation[] = [];
  for (const { input, email, contactId } of invited) {
    const before = shares.get(email);
    const link = randomBytes(32).toString('base64url');
    const isWithheld = withheld.has(email);
    const isMailed = input.notify && !isJustNow(before?.mailedAt ?? null);
    if (isMailed && !isWithheld) invitations.push({ input, email, link });
    const mail = isMailed ? { mailedAt: at } : {};
    if (!before) {
      const { role = 'reader' } = input;
      const linkHash = hashToken(link);
      created.push({ pasteId: paste.id, email, contactId, role, createdAt: at, linkHash, ...mail });
      continue;
    }
    const data = {
      ...(input.role === undefined || keepsRoles ? {} : { role: input.role }),
      ...(contactId === null ? {} : { contactId }),
      // A link that was mailed before stops working where a new one is mailed, and only there.
      ...(isMailed && !isWithheld ? { linkHash: hashToken(link) } : {}),
      ...mail,
    };
    shares.set(email, await tx.share.update({ where: { id: before.id }, data, select: SHARE_SELECT }));
  }
  for (const share of await tx.share.createManyAndReturn({ data: created, select: SHARE_SELECT })) {
    shares.set(share.email, share);
  }
  await queueInvitations(tx, paste, { invitations, user });
  return invited.flatMap(({ email }) => shares.get(email) ?? []);
}

/** A time in the future does not count: clocks differ. */
function isJustNow(mailedAt: Date | null): boolean {
  const ago = mailedAt === null ? Number.POSITIVE_INFINITY : now().getTime() - mailedAt.getTime();
  return ago >= 0 && ago < ONE_MAIL_WITHIN_MS;
}

interface Invitation {
  input: CreateShare;
  email: string;
  link: string;
}

async function queueInvitations(
  tx: Prisma.TransactionClient,
  paste: PasteRecord,
  { invitations, user }: { invitations: readonly Invitation[]; user: UserRecord },
): Promise<void> {
  const members = await tx.user.findMany({
    where: { email: { in: invitations.map(({ email }) => email) }, emailVerified: { not: null } },
    select: { email: true, locale: true },
  });
  const locales = new Map(members.map(({ email, locale }) => [email, locale]));
  await queueMails(
    tx,
    invitations.map(({ input, email, link }) => ({
      userId: null,
      to: email,
      locale: locales.get(email) ?? user.locale,
      content: {
        template: 'paste_shared',
        username: email,
        author: user.username,
        title: input.tell_title && paste.title !== '' ? visibleText(paste.title) : null,
        slug: paste.slug,
        link,
      },
    })),
  );
}

/** The shares of a paste, for its owner. @throws AppError unauthorized, not_found */
export async function readShares(slug: string, caller: Caller): Promise<ShareRecord[]> {
  return listSharesOf((await findSharable(slug, caller)).paste.id);
}

/** As `readShares`, for a paste that can be shared with more people. @throws also AppError validation_failed */
export async function readOpenShares(slug: string, caller: Caller): Promise<ShareRecord[]> {
  const { paste } = await findSharable(slug, caller);
  requireOpen(paste);
  return listSharesOf(paste.id);
}

/** @throws AppError not_found, validation_failed (a read-only field) */
export async function updateShare(id: string, input: UpdateShare, ownerId: string): Promise<ShareRecord> {
  const where = { id, paste: { ownerId, deletedAt: null } };
  const before = await prisma().share.findFirst({ where, select: SHARE_SELECT });
  if (!before) throw new AppError('not_found');
  requireUnchanged(SHARE_READ_ONLY, { sent: input, current: toShareDto(before) });
  const { count } = await prisma().share.updateMany({ where, data: { role: input.role } });
  const share = count === 0 ? null : await prisma().share.findUnique({ where: { id }, select: SHARE_SELECT });
  if (!share) throw new AppError('not_found');
  return share;
}

/** Revokes a share; it takes effect on the person's next request. @throws AppError not_found */
export async function revokeShare(id: string, ownerId: string): Promise<void> {
  const where = { id, paste: { ownerId, deletedAt: null } };
  const { count } = await prisma().share.deleteMany({ where });
  if (count === 0) throw new AppError('not_found');
}

/** Emails a new personal link that replaces the previous one. @throws as `sharePaste` */
export async function mailShareAgain(slug: string, id: string, caller: Caller): Promise<void> {
  const share = (await readShares(slug, caller)).find((one) => one.id === id);
  if (!share) throw new AppError('not_found');
  if (isJustNow(share.mailedAt))
    throw new AppError('rate_limited', { retryAfter: ONE_MAIL_WITHIN_MS / 1_000 });
  await sharePaste(slug, [{ email: share.email, notify: true, tell_title: false }], { caller });
}

async function findSharable(slug: string, caller: Caller): Promise<{ paste: PasteRecord; user: UserRecord }> {
  if (!hasCredential(caller)) throw new AppError('unauthorized');
  const at = now();
  const { user } = caller;
  const paste = await findPaste(slug, at);
  if (!user || !paste || !canShare(caller, paste, at)) throw new AppError('not_found');
  return { paste, user };
}

function requireOpen({ isSecret, hiddenAt }: PasteRecord): void {
  if (isSecret) throw invalidField('slug', 'secret_not_shared');
  if (hiddenAt !== null) throw invalidField('slug', 'hidden_not_shared');
}

interface Recipient {
  email: string;
  contactId: string | null;
}

async function resolveRecipient(input: CreateShare, user: UserRecord): Promise<Recipient> {
  const recipient =
    input.email === undefined
      ? await recipientByContact(user.id, input.contact_id ?? '')
      : { email: input.email, contactId: null };
  if (recipient.email === user.email) throw invalidField('email', 'share_with_self');
  return recipient;
}

async function recipientByContact(ownerId: string, id: string): Promise<Recipient> {
  const contact = isUuid(id.toLowerCase()) ? await findContact(ownerId, id) : null;
  if (!contact) throw new AppError('not_found');
  if (contact.email === null) throw invalidField('contact_id', 'contact_without_address');
  return { email: contact.email, contactId: contact.id };
}
