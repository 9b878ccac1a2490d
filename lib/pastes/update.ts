import 'server-only';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { AppError, type FieldError } from '../core/errors';
import { prisma } from '../core/prisma';
import { discardBodies, hasBlocked, rejectBlocked } from './blocked-hashes';
import { requireMatch } from './etag';
import { feedLanguages } from './feed-languages';
import { type Grant, holdEditing } from './grants';
import {
  expiryPathOf,
  instanceFaults,
  memberOnlyFaults,
  requireNoFaults,
  resolveExpiry,
  type StoredPaste,
} from './input-rules';
import { limitLinkSpam } from './limit-link-spam';
import { type NewFile, storeBodies, storePayload, textBytes, toFileRow } from './new-files';
import { canEdit, canManage, hasCredential } from './policy';
import { findPaste, type PasteRecord } from './queries';
import { isQuotaError, requireRoom, withinQuota } from './quota';
import { readFileText } from './read';
import type { FileInput, UpdatePaste } from './schema';
import { pasteHaystack } from './search-text';
import type { UpdateSecretPaste } from './secret-schema';
import { isWider } from './visibility';
import { warningsFor } from './warnings';
import { withGrant } from './with-grant';

const MAX_ATTEMPTS = 4;

/** `payload` is of a secret paste; `title`, `files` and `text` of others. */
type Update = UpdatePaste & Partial<Pick<UpdateSecretPaste, 'payload'>>;

/**
 * Creates a new revision if files are given, or the payload of a secret paste, and changes the given settings. The new
 * payload is encrypted for the same key as the first; the lock stays.
 * @param options.ifMatch the ETag the caller last saw; another one is `stale`.
 * @throws AppError unauthorized, not_found, stale, validation_failed, link_spam_limited, too_large, quota_exceeded,
 *   instance_full, storage_unavailable
 */
export async function updatePaste(
  slug: string,
  input: Update,
  { caller, ifMatch }: { caller: Caller; ifMatch?: string | undefined },
): Promise<StoredPaste> {
  if (!hasCredential(caller)) throw new AppError('unauthorized');
  const { paste: first, grant } = await findEditable(slug, caller);
  requireMatch(first, ifMatch);
  requireNoFaults(memberOnlyFaults(input, first.ownerId));
  if (grant) requireNoFaults(ownerOnlyFaults(input));
  if (input.text) requireNoFaults(severalFilesFaults(first));
  const from = now();
  const expiry = resolveExpiry(input, from);
  const visibility = input.visibility === first.visibility ? undefined : input.visibility;
  const isMember = first.ownerId !== null;
  const choices = { visibility, expiry, isMember, from };
  requireNoFaults(instanceFaults(choices, expiryPathOf(input)));
  requireNoFaults(kindFaults(first, { input, expiry }));
  requireNoFaults(burningFaults(first, { input, expiry }));
  const inputs = input.text ? [input.text] : input.files;
  const shown = inputs ?? (await openedFiles(first, input));
  await limitLinkSpam(
    { title: input.title, files: shown, visibility: input.visibility ?? first.visibility },
    caller,
  );
  const bytes = input.payload?.length ?? textBytes(inputs ?? []);
  const addingTo = ({ ownerId }: PasteRecord) => ({ ownerId, bytes, pastes: 0 });
  if (bytes > 0) await requireRoom(addingTo(first));
  const stored = input.payload
    ? [await storePayload(input.payload, isMember)]
    : inputs && (await storeBodies(inputs, isMember));
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const { paste, grant } = await findEditable(slug, caller);
    requireMatch(paste, ifMatch);
    // Checked on every attempt: another edit may have renamed the file, or added one.
    if (input.text) requireNoFaults(severalFilesFaults(paste));
    requireNoFaults(kindFaults(paste, { input, expiry }));
    requireNoFaults(burningFaults(paste, { input, expiry }));
    const files = input.text ? stored?.map((file) => asChangedText(file, { input, paste })) : stored;
    const apply = () => applyUpdate(paste, { input, expiry, files, grant });
    const changed = await (bytes > 0 ? withinQuota(addingTo(paste), apply) : apply()).catch(
      async (error: unknown) => {
        if (isQuotaError(error)) await discardBodies(stored ?? []);
        throw error;
      },
    );
    if (changed === 'blocked') return rejectBlocked(stored ?? []);
    if (changed === 'superseded') continue;
    const updated = await findPaste(slug, now());
    if (!updated) throw new AppError('not_found');
    const { visibility } = updated;
    return { paste: updated, ...(await warningsFor({ title: input.title, files: shown, visibility })) };
  }
  throw new AppError('conflict', { detail: 'Another request is changing this paste. Try again.' });
}

/** Also the grant by which it may be edited; null for those who manage it. */
async function findEditable(
  slug: string,
  caller: Caller,
): Promise<{ paste: PasteRecord; grant: Grant | null }> {
  const at = now();
  const found = await findPaste(slug, at);
  if (!found) throw new AppError('not_found');
  const paste = await withGrant(found, caller);
  if (canManage(caller, paste, at)) return { paste, grant: null };
  if (!canEdit(caller, paste, at)) throw new AppError('not_found');
  return { paste, grant: paste.grant };
}

/** The stored files, if more people are to read them; what cannot be read now is not warned of. */
async function openedFiles(paste: PasteRecord, { visibility }: Update): Promise<FileInput[]> {
  if (visibility === undefined || !isWider(visibility, paste.visibility)) return [];
  const texts = await Promise.all(paste.files.map((file) => readFileText(file).catch(() => '')));
  return texts.map((content) => ({ content }));
}

interface Change {
  input: Update;
  expiry: { at: Date | null } | undefined;
  /** Of the new revision: files, or a ciphertext. */
  files: NewFile[] | undefined;
  grant: Grant | null;
}

/** Nothing is changed if the paste was, by another request, or if a text may not be saved. */
async function applyUpdate(
  paste: PasteRecord,
  { input, expiry, files, grant }: Change,
): Promise<'changed' | 'superseded' | 'blocked'> {
  const updatedAt = now();
  const texts = paste.isSecret ? [] : (files ?? paste.files);
  const changesSettings = input.title !== undefined || input.visibility !== undefined || expiry !== undefined;
  return prisma().$transaction(async (tx) => {
    if (files) {
      // A decision about this paste that blocks its texts is either seen here, or waits.
      await tx.$queryRaw`select 1 from pastes where id = ${paste.id}::uuid for update`;
      if (await hasBlocked(tx, files)) return 'blocked';
    }
    const { count } = await tx.paste.updateMany({
      where: {
        id: paste.id,
        deletedAt: null,
        revision: paste.revision,
        settingsVersion: paste.settingsVersion,
      },
      data: {
        updatedAt,
        ...(input.title === undefined ? {} : { title: input.title }),
        ...(input.visibility === undefined ? {} : { visibility: input.visibility }),
        ...(expiry === undefined ? {} : { expiresAt: expiry.at }),
        ...(changesSettings ? { settingsVersion: { increment: 1 } } : {}),
        ...(files ? { revision: { increment: 1 } } : {}),
        haystack: pasteHaystack(input.title ?? paste.title, texts),
      },
    });
    if (count === 0) return 'superseded';
    // The share may have been revoked since it was read.
    if (grant && !(await holdEditing(tx, grant))) throw new AppError('not_found');
    if (files) {
      await tx.revision.create({
        data: {
          pasteId: paste.id,
          number: paste.revision + 1,
          createdAt: updatedAt,
          files: { create: files.map(toFileRow) },
        },
        select: { id: true },
      });
    }
    if (files || input.visibility !== undefined) {
      const languages = feedLanguages(input.visibility ?? paste.visibility, texts);
      await tx.feedLanguage.deleteMany({ where: { pasteId: paste.id } });
      await tx.feedLanguage.createMany({
        data: languages.map((language) => ({ language, pasteId: paste.id, createdAt: paste.createdAt })),
      });
    }
    return 'changed';
  });
}

/** The stored text under the name of the paste's only file, and in its language unless another was given. */
function asChangedText(file: NewFile, { input, paste }: { input: Update; paste: PasteRecord }): NewFile {
  const [only] = paste.files;
  if (!only) return file;
  return {
    ...file,
    name: only.name,
    ...(input.text?.language === undefined ? { language: only.language } : {}),
  };
}

function ownerOnlyFaults(input: Update): FieldError[] {
  const settings = ['visibility', 'expires_in', 'expires_at'] as const;
  return settings
    .filter((path) => input[path] !== undefined)
    .map((path) => ({ path, message: 'owner_only' }));
}

/** A burning paste may only get a shorter lifetime. */
function burningFaults(
  paste: PasteRecord,
  { input, expiry }: Pick<Change, 'input' | 'expiry'>,
): FieldError[] {
  if (paste.burnAfter === null) return [];
  const { title, visibility, files, text: content, payload } = input;
  const faults = faultsFor({ title, visibility, files, content, payload }, 'burning_not_edited');
  if (isShorter(paste, expiry)) return faults;
  return [...faults, { path: expiryPathOf(input), message: 'burning_not_longer' }];
}

/** Whether the paste is not kept for longer. */
function isShorter({ expiresAt }: PasteRecord, expiry: Change['expiry']): boolean {
  if (expiry === undefined || expiresAt === null) return true;
  return expiry.at !== null && expiry.at <= expiresAt;
}

/**
 * A paste is secret from its first revision on, or never. Its ciphertext says when it expires, so that a longer lifetime
 * takes a new one.
 */
function kindFaults(paste: PasteRecord, { input, expiry }: Pick<Change, 'input' | 'expiry'>): FieldError[] {
  const { isSecret } = paste;
  const { title, visibility, files, text: content, payload } = input;
  if (!isSecret) return faultsFor({ payload }, 'not_secret');
  const faults = faultsFor({ title, files, content }, 'secret_not_plain');
  if (visibility === 'public') faults.push({ path: 'visibility', message: 'secret_public' });
  if (payload === undefined && !isShorter(paste, expiry)) {
    faults.push({ path: expiryPathOf(input), message: 'secret_not_longer' });
  }
  return faults;
}

/** One fault for each of the fields that is given. */
function faultsFor(fields: Record<string, unknown>, message: string): FieldError[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([path]) => ({ path, message }));
}

function severalFilesFaults(paste: PasteRecord): FieldError[] {
  return paste.files.length > 1 ? [{ path: 'content', message: 'content_of_several_files' }] : [];
}
