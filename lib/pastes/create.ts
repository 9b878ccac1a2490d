import 'server-only';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { prisma } from '../core/db';
import { env } from '../core/env';
import { AppError } from '../core/errors';
import { expiryOf } from '../core/lifetime';
import { isUniqueConflict } from '../core/unique-conflict';
import type { Prisma } from '../generated/prisma/client';
import { hashEditKey, newEditKey } from './edit-key';
import { feedLanguages } from './feed-languages';
import { type CreateOnce, findCreate, rememberCreate } from './idempotency';
import {
  memberOnlyFaults,
  requireNoFaults,
  resolveExpiry,
  type StoredPaste,
  warningsFor,
} from './input-rules';
import { storeBodies, toFileRow } from './new-files';
import { decideRead } from './policy';
import { findPaste } from './queries';
import type { CreatePaste } from './schema';
import { pasteHaystack } from './search-text';
import { newSlug } from './slug';

const MAX_ATTEMPTS = 4;

export interface CreatedPaste extends StoredPaste {
  /** For an anonymous author; null for an owned paste. */
  editKey: string | null;
  /** Whether the paste had already been created by an earlier request. */
  replayed: boolean;
}

/**
 * Stores a paste: bodies first, then all rows at once; when it returns, a crash does not lose the text.
 * @param options.once identifies a create that may be retried: a retry returns the first result.
 * @throws AppError validation_failed, slug_taken, too_large, storage_unavailable
 */
export async function createPaste(
  input: CreatePaste,
  caller: Caller,
  { once }: { once?: CreateOnce | undefined } = {},
): Promise<CreatedPaste> {
  const ownerId = caller.user?.id ?? null;
  const warnings = warningsFor(input);
  const before = once && (await findCreate(once));
  if (before) return replay(before, { caller, warnings });
  const createdAt = now();
  const expiresAt = resolveExpiry(input, createdAt) ?? defaultExpiry(caller, createdAt);
  requireNoFaults(memberOnlyFaults(input, ownerId));
  const { slug: chosen } = input;
  if (chosen !== undefined && ownerId !== null && !(await isSlugFree(chosen, ownerId))) {
    const concurrent = once && (await findCreate(once));
    if (concurrent) return replay(concurrent, { caller, warnings });
    throw slugTaken();
  }
  const files = await storeBodies(input.files);
  const editKey = ownerId === null ? newEditKey() : null;
  for (let attempt = 1; ; attempt += 1) {
    const slug = chosen ?? newSlug();
    try {
      await insertPaste(
        {
          slug,
          ownerId,
          title: input.title ?? '',
          visibility: input.visibility ?? 'unlisted',
          expiresAt: expiresAt.at,
          editKeyHash: editKey === null ? null : hashEditKey(editKey),
          createdAt,
          updatedAt: createdAt,
          haystack: pasteHaystack(input.title ?? '', files),
          feedLanguages: { create: feedLanguages(input.visibility ?? 'unlisted', files, createdAt) },
          revisions: { create: { number: 1, createdAt, files: { create: files.map(toFileRow) } } },
        },
        { once, editKey, isChosen: chosen !== undefined },
      );
    } catch (error) {
      if (!isUniqueConflict(error)) throw error;
      const concurrent = once && (await findCreate(once));
      if (concurrent) return replay(concurrent, { caller, warnings });
      if (chosen !== undefined) throw slugTaken();
      if (attempt < MAX_ATTEMPTS) continue;
      throw error;
    }
    const paste = await findPaste(slug, createdAt);
    if (!paste) throw new Error('a paste just stored was not found');
    return { paste, warnings, editKey, replayed: false };
  }
}

/** The result of the first create, unless the paste has a new owner or is not visible to the caller. */
function replay(
  made: Pick<CreatedPaste, 'paste' | 'editKey'>,
  { caller, warnings }: { caller: Caller; warnings: string[] },
): CreatedPaste {
  const { paste } = made;
  const decision = decideRead(caller, paste, { surface: 'metadata', now: now() });
  if (paste.ownerId !== (caller.user?.id ?? null) || paste.hiddenAt !== null || decision === 'absent') {
    throw new AppError('conflict', {
      detail: 'The paste created with this key is no longer yours. Use another key.',
    });
  }
  return { ...made, warnings, replayed: true };
}

async function insertPaste(
  data: Prisma.PasteUncheckedCreateInput,
  { once, editKey, isChosen }: { once: CreateOnce | undefined; editKey: string | null; isChosen: boolean },
): Promise<void> {
  if (once === undefined && !isChosen) {
    await prisma().paste.create({ data, select: { id: true } });
    return;
  }
  await prisma().$transaction(async (tx) => {
    if (isChosen && data.ownerId) await takeSlug(tx, data.slug, data.ownerId);
    const { id } = await tx.paste.create({ data, select: { id: true } });
    if (once) await rememberCreate(tx, once, { pasteId: id, editKey });
  });
}

/** An early check before the bodies are stored; `takeSlug` decides. */
async function isSlugFree(slug: string, ownerId: string): Promise<boolean> {
  const [paste, chosen] = await Promise.all([
    prisma().paste.findUnique({ where: { slug }, select: { id: true } }),
    prisma().chosenSlug.findUnique({ where: { slug }, select: { ownerId: true } }),
  ]);
  return paste === null && (chosen === null || chosen.ownerId === ownerId);
}

/**
 * Reserves a slug for a member permanently, in the transaction that creates the paste.
 * @throws AppError slug_taken
 */
async function takeSlug(tx: Prisma.TransactionClient, slug: string, ownerId: string): Promise<void> {
  // Waits for another transaction that takes the same slug.
  await tx.chosenSlug.createMany({ data: [{ slug, ownerId }], skipDuplicates: true });
  const taken = await tx.chosenSlug.findUnique({ where: { slug }, select: { ownerId: true } });
  if (taken?.ownerId !== ownerId) throw slugTaken();
}

function slugTaken(): AppError {
  return new AppError('slug_taken', { fields: [{ path: 'slug', message: 'slug_taken' }] });
}

function defaultExpiry(caller: Caller, from: Date): { at: Date | null } {
  const { DEFAULT_LIFETIME_ANONYMOUS, DEFAULT_LIFETIME_MEMBER } = env();
  const at = expiryOf(caller.user === null ? DEFAULT_LIFETIME_ANONYMOUS : DEFAULT_LIFETIME_MEMBER, from);
  if (at === undefined) throw new Error('a default lifetime in the configuration is not a lifetime');
  return { at };
}
