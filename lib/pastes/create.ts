import 'server-only';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { isMissingRow, isUniqueConflict } from '../core/constraints';
import { AppError } from '../core/errors';
import type { NamedRequest } from '../core/idempotency';
import { prisma } from '../core/prisma';
import { newUuid } from '../core/uuid';
import { MAX_LOCK_BYTES } from '../encryption/limits';
import { discardBodies, rejectBlocked } from './blocked-hashes';
import { hashEditKey, newEditKey } from './edit-key';
import { findCreate, forgetStaleCreate, sealEditKey } from './idempotency';
import {
  defaultExpiry,
  expiryPathOf,
  instanceFaults,
  memberOnlyFaults,
  requireNoFaults,
  resolveExpiry,
  type StoredPaste,
} from './input-rules';
import { insertPaste, type NewPaste, type NewSecret } from './insert-paste';
import { limitLinkSpam } from './limit-link-spam';
import { type NewFile, storeBodies, storePayload, textBytes } from './new-files';
import { decideCreate, decideRead } from './policy';
import type { PasteRecord } from './queries';
import { isQuotaError, requireRoom, withinQuota } from './quota';
import type { CreatePaste } from './schema';
import type { CreateSecretPaste } from './secret-schema';
import { newSlug } from './slug';
import { type ContentWarnings, warningsFor } from './warnings';

const MAX_ATTEMPTS = 4;
const DEFAULT_VISIBILITY = 'unlisted';
const NO_WARNINGS: ContentWarnings = { warnings: [], details: [] };

export interface CreatedPaste extends StoredPaste {
  /** For an anonymous author; null for an owned paste. */
  editKey: string | null;
  /** Whether the paste had already been created by an earlier request. */
  replayed: boolean;
}

/**
 * Stores a paste: bodies first, then all rows at once; when it returns, a crash does not lose the text.
 * @param options.once identifies a create that may be retried: a retry returns the first result.
 * @throws AppError members_only, create_disabled, validation_failed, slug_taken, link_spam_limited, too_large,
 *   quota_exceeded, instance_full, storage_unavailable
 */
export async function createPaste(
  input: CreatePaste,
  caller: Caller,
  { once }: { once?: NamedRequest | undefined } = {},
): Promise<CreatedPaste> {
  const told = await warningsFor({ ...input, visibility: input.visibility ?? DEFAULT_VISIBILITY });
  const store = async () => {
    await limitLinkSpam({ ...input, visibility: input.visibility ?? DEFAULT_VISIBILITY }, caller);
    return storeBodies(input.files, caller.user !== null);
  };
  return create(input, { caller, once, told, secret: null, bytes: textBytes(input.files), store });
}

/**
 * As `createPaste`, of a paste that was encrypted before: the server stores its ciphertext and cannot read it.
 * @throws AppError members_only, create_disabled, validation_failed, slug_taken, too_large, quota_exceeded,
 *   instance_full, storage_unavailable
 */
export async function createSecretPaste(
  input: CreateSecretPaste,
  caller: Caller,
  { once }: { once?: NamedRequest | undefined } = {},
): Promise<CreatedPaste> {
  const { encryption: format, payload, lock = null, proof_hash, ...settings } = input;
  if (lock && lock.length > MAX_LOCK_BYTES) {
    throw new AppError('too_large', { fields: [{ path: 'lock', message: 'lock_too_large' }] });
  }
  const secret = { format, proofHash: Buffer.from(proof_hash, 'hex'), lock };
  const store = async () => [await storePayload(payload, caller.user !== null)];
  return create(settings, { caller, once, told: NO_WARNINGS, secret, bytes: payload.length, store });
}

interface Creation {
  caller: Caller;
  once: NamedRequest | undefined;
  told: ContentWarnings;
  secret: NewSecret | null;
  /** Size of the bodies. */
  bytes: number;
  /** Stores them. */
  store: () => Promise<NewFile[]>;
}

async function create(
  input: Omit<CreatePaste, 'files'>,
  { caller, once, told, secret, bytes, store }: Creation,
): Promise<CreatedPaste> {
  requireAllowed(caller);
  const ownerId = caller.user?.id ?? null;
  const before = once && (await findCreate(once));
  if (before) return replay(before, { caller, told });
  const createdAt = now();
  const expiry = resolveExpiry(input, createdAt);
  const { visibility = DEFAULT_VISIBILITY } = input;
  const choices = { visibility, expiry, isMember: ownerId !== null, from: createdAt };
  requireNoFaults([...memberOnlyFaults(input, ownerId), ...instanceFaults(choices, expiryPathOf(input))]);
  const expiresAt = expiry ?? defaultExpiry(caller, createdAt);
  const { slug: chosen } = input;
  if (chosen !== undefined && ownerId !== null && !(await isSlugFree(chosen, ownerId))) {
    const concurrent = once && (await findCreate(once));
    if (concurrent) return replay(concurrent, { caller, told });
    throw slugTaken();
  }
  const adding = { ownerId, bytes, pastes: 1 };
  await requireRoom(adding);
  const files = await store();
  const editKey = ownerId === null ? newEditKey() : null;
  const sealedOnce = once ? { ...once, sealed: await sealEditKey(editKey) } : null;
  const paste: Omit<NewPaste, 'slug'> = {
    id: newUuid(),
    ownerId,
    title: input.title ?? '',
    visibility,
    expiresAt: expiresAt.at,
    burnAfter: input.burn_after ?? null,
    editKeyHash: editKey === null ? null : hashEditKey(editKey),
    createdAt,
    secret,
  };
  for (let attempt = 1; ; attempt += 1) {
    const slug = chosen ?? newSlug();
    const isChosen = chosen !== undefined;
    try {
      const insert = () => insertPaste({ ...paste, slug }, { files, isChosen, once: sealedOnce });
      const outcome = await withinQuota(adding, insert);
      if (outcome === 'blocked') await rejectBlocked(files);
      if (outcome === 'taken') throw slugTaken();
    } catch (error) {
      // Also where the author's account was deleted: nothing was inserted.
      if (isQuotaError(error) || isMissingRow(error)) await discardBodies(files);
      if (!isUniqueConflict(error)) throw error;
      const concurrent = once && (await findCreate(once));
      if (concurrent) return replay(concurrent, { caller, told });
      if (once) await forgetStaleCreate(once);
      if (attempt < MAX_ATTEMPTS) continue;
      throw isChosen ? slugTaken() : error;
    }
    const made = toNewRecord({ ...paste, slug }, { owner: caller.user, files });
    return { paste: made, ...told, editKey, replayed: false };
  }
}

function requireAllowed(caller: Caller): void {
  const decision = decideCreate(caller);
  if (decision === 'allowed') return;
  throw new AppError(decision === 'disabled' ? 'create_disabled' : decision);
}

/** The result of the first create, unless the paste has a new owner or is not visible to the caller. */
function replay(
  made: Pick<CreatedPaste, 'paste' | 'editKey'>,
  { caller, told }: { caller: Caller; told: ContentWarnings },
): CreatedPaste {
  const { paste } = made;
  // A retry proves with the key of the request what the first response proved with the edit key.
  const editKeyHash = made.editKey === null ? caller.editKeyHash : hashEditKey(made.editKey);
  const decision = decideRead({ ...caller, editKeyHash }, paste, { surface: 'metadata', now: now() });
  if (paste.ownerId !== (caller.user?.id ?? null) || paste.hiddenAt !== null || decision === 'absent') {
    throw new AppError('conflict', {
      detail: 'The paste created with this key is no longer yours. Use another key.',
    });
  }
  return { ...made, ...told, replayed: true };
}

/** An early check before the bodies are stored; `insertPaste` decides. */
async function isSlugFree(slug: string, ownerId: string): Promise<boolean> {
  const [paste, chosen] = await Promise.all([
    prisma().paste.findUnique({ where: { slug }, select: { id: true } }),
    prisma().chosenSlug.findUnique({ where: { slug }, select: { ownerId: true } }),
  ]);
  return paste === null && (chosen === null || chosen.ownerId === ownerId);
}

/** The record of a paste that was just inserted, as `findPaste` would read it. */
function toNewRecord(
  { secret, ...paste }: NewPaste,
  { owner, files }: { owner: Caller['user']; files: readonly NewFile[] },
): PasteRecord {
  const stored = files.map(({ name, language, body, lines, sha256, blobKey }) => ({
    name,
    language,
    bytes: body.length,
    lines,
    sha256: Buffer.from(sha256).toString('hex'),
    key: blobKey,
  }));
  return {
    ...paste,
    editKeyHash: paste.editKeyHash && Buffer.from(paste.editKeyHash),
    owner: owner?.username ?? null,
    isOwnerBanned: false,
    isOwnerNew: owner?.awaitsApproval ?? false,
    ownerName: owner?.name ?? null,
    ownerImage: owner?.image ?? null,
    reads: 0,
    isSecret: secret !== null,
    encryption: secret && { format: secret.format, hasLock: secret.lock !== null },
    proofHash: secret && Buffer.from(secret.proofHash),
    revision: 1,
    settingsVersion: 1,
    hiddenAt: null,
    hiddenReason: null,
    deletedAt: null,
    updatedAt: paste.createdAt,
    stored,
    files: secret === null ? stored : [],
  };
}

function slugTaken(): AppError {
  return new AppError('slug_taken', { fields: [{ path: 'slug', message: 'slug_taken' }] });
}
