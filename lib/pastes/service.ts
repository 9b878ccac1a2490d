import 'server-only';
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { now } from '../core/clock';
import { prisma } from '../core/db';
import { env } from '../core/env';
import { AppError, type FieldError } from '../core/errors';
import { expiryOf, isPossibleExpiry } from '../core/lifetime';
import { isUniqueConflict } from '../core/unique-conflict';
import type { Prisma } from '../generated/prisma/client';
import { newBlobKey } from '../storage/blob-key';
import { blobStore } from '../storage/blob-store';
import { readBody } from '../storage/body-cache';
import { detectLanguage, PLAIN_TEXT } from '../text/highlight/languages';
import { countLines } from '../text/highlight/lines';
import { textWarnings } from '../text/unicode/text-warnings';
import { isOfState } from './dto';
import { hashEditKey, newEditKey } from './edit-key';
import { type Grant, holdEditing } from './grants';
import { type CreateOnce, findCreate, rememberCreate } from './idempotency';
import {
  canDelete,
  canEdit,
  canManage,
  decideRead,
  hasCredential,
  type Surface,
  type Viewer,
} from './policy';
import { purgePaste } from './purge';
import { type FileRecord, findPaste, type PasteRecord } from './queries';
import { type CreatePaste, type FileInput, MAX_TEXT_BYTES, type UpdatePaste } from './schema';
import { newSlug } from './slug';
import { withGrant } from './with-grant';

const MAX_ATTEMPTS = 4;

export interface StoredPaste {
  paste: PasteRecord;
  warnings: string[];
}

export interface CreatedPaste extends StoredPaste {
  /** What an anonymous author gets; null for an owned paste. */
  editKey: string | null;
  /** Whether nothing was made, because it had been made before. */
  replayed: boolean;
}

/**
 * Stores a paste: bodies first, then all rows at once; when it returns, a crash does not lose the text.
 * @param options.once a create that may be tried again: what it made the first time is returned.
 * @throws AppError validation_failed, slug_taken, too_large, storage_unavailable
 */
export async function createPaste(
  input: CreatePaste,
  viewer: Viewer,
  { once }: { once?: CreateOnce | undefined } = {},
): Promise<CreatedPaste> {
  const warnings = warningsFor(input);
  const before = once && (await findCreate(once));
  if (before) return replay(before, { viewer, warnings });
  const createdAt = now();
  const expiresAt = resolveExpiry(input, createdAt) ?? defaultExpiry(viewer, createdAt);
  refuse(memberOnlyFaults(input, viewer.userId));
  const { slug: chosen } = input;
  if (chosen !== undefined && viewer.userId !== null && !(await isSlugFree(chosen, viewer.userId))) {
    const concurrent = once && (await findCreate(once));
    if (concurrent) return replay(concurrent, { viewer, warnings });
    throw slugTaken();
  }
  const files = await storeBodies(input.files);
  const editKey = viewer.userId === null ? newEditKey() : null;
  for (let attempt = 1; ; attempt += 1) {
    const slug = chosen ?? newSlug();
    try {
      await insertPaste(
        {
          slug,
          ownerId: viewer.userId,
          title: input.title ?? '',
          visibility: input.visibility ?? 'unlisted',
          expiresAt: expiresAt.at,
          editKeyHash: editKey === null ? null : hashEditKey(editKey),
          createdAt,
          updatedAt: createdAt,
          revisions: { create: { number: 1, createdAt, files: { create: files.map(toFileRow) } } },
        },
        { once, editKey, isChosen: chosen !== undefined },
      );
    } catch (error) {
      if (!isUniqueConflict(error)) throw error;
      const concurrent = once && (await findCreate(once));
      if (concurrent) return replay(concurrent, { viewer, warnings });
      if (chosen !== undefined) throw slugTaken();
      if (attempt < MAX_ATTEMPTS) continue;
      throw error;
    }
    const paste = await findPaste(slug, createdAt);
    if (!paste) throw new Error('a paste just stored was not found');
    return { paste, warnings, editKey, replayed: false };
  }
}

/** What a create made the first time, unless it has changed hands or gone out of sight since. */
function replay(
  made: Pick<CreatedPaste, 'paste' | 'editKey'>,
  { viewer, warnings }: { viewer: Viewer; warnings: string[] },
): CreatedPaste {
  const { paste } = made;
  const decision = decideRead(viewer, paste, { surface: 'metadata', now: now() });
  if (paste.ownerId !== viewer.userId || paste.hiddenAt !== null || decision === 'absent') {
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

/** Asked before the bodies are stored; `takeSlug` decides. */
async function isSlugFree(slug: string, ownerId: string): Promise<boolean> {
  const [paste, chosen] = await Promise.all([
    prisma().paste.findUnique({ where: { slug }, select: { id: true } }),
    prisma().chosenSlug.findUnique({ where: { slug }, select: { ownerId: true } }),
  ]);
  return paste === null && (chosen === null || chosen.ownerId === ownerId);
}

/**
 * Gives a member a slug for good, in the transaction that makes its paste: a create that fails takes none.
 * @throws AppError slug_taken
 */
async function takeSlug(tx: Prisma.TransactionClient, slug: string, ownerId: string): Promise<void> {
  // Another transaction that is taking it is waited for.
  await tx.chosenSlug.createMany({ data: [{ slug, ownerId }], skipDuplicates: true });
  const taken = await tx.chosenSlug.findUnique({ where: { slug }, select: { ownerId: true } });
  if (taken?.ownerId !== ownerId) throw slugTaken();
}

function slugTaken(): AppError {
  return new AppError('slug_taken', { fields: [{ path: 'slug', message: 'slug_taken' }] });
}

/**
 * Makes a new revision when files are given, and changes the settings that are given.
 * @param options.ifMatch the ETag the caller last saw; another one is `stale`.
 * @throws AppError unauthorized, not_found, stale, validation_failed, too_large, storage_unavailable
 */
export async function updatePaste(
  slug: string,
  input: UpdatePaste,
  options: { viewer: Viewer; ifMatch?: string | undefined },
): Promise<StoredPaste> {
  const { viewer, ifMatch } = options;
  if (!hasCredential(viewer)) throw new AppError('unauthorized');
  const { paste: first, grant } = await findEditable(slug, viewer);
  checkMatch(first, ifMatch);
  refuse(memberOnlyFaults(input, first.ownerId));
  if (grant) refuse(ownerOnlyFaults(input));
  if (input.text) refuse(severalFilesFaults(first));
  const expiry = resolveExpiry(input, now());
  const inputs = input.text ? [input.text] : input.files;
  const stored = inputs && (await storeBodies(inputs));
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const { paste, grant } = await findEditable(slug, viewer);
    checkMatch(paste, ifMatch);
    // Checked on every attempt: another edit may have renamed the file, or added one.
    if (input.text) refuse(severalFilesFaults(paste));
    const files = input.text ? stored?.map((file) => asChangedText(file, { input, paste })) : stored;
    const changed = await applyUpdate(paste, { input, expiry, files, grant });
    if (!changed) continue;
    const updated = await findPaste(slug, now());
    if (!updated) throw new AppError('not_found');
    return { paste: updated, warnings: warningsFor({ title: input.title, files: inputs }) };
  }
  throw new AppError('conflict', { detail: 'Another request is changing this paste. Try again.' });
}

/**
 * Ends a paste: it is unreadable when this returns; its bodies and rows are removed now if the store
 * answers, else by the sweep.
 * @param options.ifMatch the ETag the caller last saw; another one is `stale`.
 * @throws AppError unauthorized, not_found, stale
 */
export async function deletePaste(
  slug: string,
  viewer: Viewer,
  { ifMatch }: { ifMatch?: string | undefined } = {},
): Promise<void> {
  if (!hasCredential(viewer)) throw new AppError('unauthorized');
  const at = now();
  const paste = await findPaste(slug, at);
  if (!paste || !canDelete(viewer, paste, at)) throw new AppError('not_found');
  checkMatch(paste, ifMatch);
  await purgePaste(paste.id, at);
}

export interface GrantedPaste {
  paste: PasteRecord;
  /** Whether to show only that it exists: no title, no names, no bodies. */
  envelope: boolean;
  /** By which the viewer has it, if it is shared with them; for `recordOpened`. */
  grant: Grant | null;
}

/**
 * The paste, as far as the viewer may have it on this surface.
 * @throws AppError not_found, reveal_required, password_required
 */
export async function readPaste(
  slug: string,
  options: { viewer: Viewer; surface: Surface },
): Promise<GrantedPaste> {
  const at = now();
  const paste = await findPaste(slug, at);
  if (!paste) throw new AppError('not_found');
  const viewer = await withGrant(options.viewer, paste);
  const decision = decideRead(viewer, paste, { surface: options.surface, now: at });
  if (decision === 'absent') throw new AppError('not_found');
  if (decision === 'reveal_required' || decision === 'password_required') throw new AppError(decision);
  return { paste, envelope: decision === 'envelope', grant: viewer.grant };
}

/** The exact bytes of a file. @throws AppError storage_unavailable, also when they are not what was stored */
export function readFileBody(file: FileRecord): Promise<Uint8Array> {
  return readBody(file);
}

export async function readFileText(file: FileRecord): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readFileBody(file));
}

/** Also the grant by which it may be edited; null for those who manage it. */
async function findEditable(
  slug: string,
  viewer: Viewer,
): Promise<{ paste: PasteRecord; grant: Grant | null }> {
  const at = now();
  const paste = await findPaste(slug, at);
  if (!paste) throw new AppError('not_found');
  const met = await withGrant(viewer, paste);
  if (!canEdit(met, paste, at)) throw new AppError('not_found');
  return { paste, grant: canManage(met, paste, at) ? null : met.grant };
}

function checkMatch(paste: PasteRecord, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === '*') return;
  const wanted = ifMatch.split(',').map((tag) => tag.trim());
  if (!wanted.some((tag) => isOfState(tag, paste))) throw new AppError('stale');
}

interface Change {
  input: UpdatePaste;
  expiry: { at: Date | null } | undefined;
  files: NewFile[] | undefined;
  grant: Grant | null;
}

async function applyUpdate(paste: PasteRecord, { input, expiry, files, grant }: Change): Promise<boolean> {
  const updatedAt = now();
  const changesSettings = input.title !== undefined || input.visibility !== undefined || expiry !== undefined;
  return prisma().$transaction(async (tx) => {
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
      },
    });
    if (count === 0) return false;
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
    return true;
  });
}

interface NewFile {
  name: string;
  language: string;
  lines: number;
  body: Buffer<ArrayBuffer>;
  sha256: Uint8Array<ArrayBuffer>;
  blobKey: string;
}

async function storeBodies(inputs: readonly FileInput[]): Promise<NewFile[]> {
  // Before any work on texts that are too large.
  const bytes = inputs.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  if (bytes > MAX_TEXT_BYTES) {
    throw new AppError('too_large', { fields: [{ path: 'files', message: 'text_too_large' }] });
  }
  const files: NewFile[] = [];
  for (const input of inputs) {
    await nextTurn();
    files.push(toNewFile(input));
  }
  const store = blobStore();
  await Promise.all(files.map((file) => store.put(file.blobKey, file.body)));
  return files;
}

function toNewFile(input: FileInput): NewFile {
  const body = Buffer.from(input.content, 'utf8');
  const name = input.name ?? '';
  return {
    name,
    language: languageOf(name, input),
    lines: countLines(input.content),
    body,
    sha256: new Uint8Array(createHash('sha256').update(body).digest()),
    blobKey: newBlobKey(),
  };
}

/** An unknown language is `null`: the text is then plain. */
function languageOf(name: string, { language, content }: FileInput): string {
  if (language === null) return PLAIN_TEXT;
  return language ?? detectLanguage({ name, text: content });
}

/** The stored text under the name of the paste's only file, and in its language unless another was given. */
function asChangedText(file: NewFile, { input, paste }: { input: UpdatePaste; paste: PasteRecord }): NewFile {
  const [only] = paste.files;
  if (!only) return file;
  return {
    ...file,
    name: only.name,
    ...(input.text?.language === undefined ? { language: only.language } : {}),
  };
}

function toFileRow(file: NewFile, index: number) {
  return {
    position: index + 1,
    name: file.name,
    language: file.language,
    bytes: file.body.length,
    lines: file.lines,
    sha256: file.sha256,
    blobKey: file.blobKey,
  };
}

function resolveExpiry(
  input: Pick<CreatePaste, 'expires_in' | 'expires_at'>,
  from: Date,
): { at: Date | null } | undefined {
  if (input.expires_in !== undefined) {
    const at = expiryOf(input.expires_in, from);
    if (at === undefined) return refuse([{ path: 'expires_in', message: 'lifetime_unknown' }]);
    return { at };
  }
  if (input.expires_at === undefined) return undefined;
  if (input.expires_at !== null && !isPossibleExpiry(input.expires_at, from)) {
    return refuse([{ path: 'expires_at', message: 'expiry_not_ahead' }]);
  }
  return { at: input.expires_at };
}

function defaultExpiry(viewer: Viewer, from: Date): { at: Date | null } {
  const { DEFAULT_LIFETIME_ANONYMOUS, DEFAULT_LIFETIME_MEMBER } = env();
  const at = expiryOf(viewer.userId === null ? DEFAULT_LIFETIME_ANONYMOUS : DEFAULT_LIFETIME_MEMBER, from);
  if (at === undefined) throw new Error('a default lifetime in the configuration is not a lifetime');
  return { at };
}

/** A private paste needs an owner: its edit key does not let anyone read it. */
function memberOnlyFaults(
  input: { visibility?: string | undefined; slug?: string | undefined },
  ownerId: string | null,
) {
  const faults: FieldError[] = [];
  if (ownerId !== null) return faults;
  if (input.visibility === 'private') faults.push({ path: 'visibility', message: 'private_needs_account' });
  if (input.slug !== undefined) faults.push({ path: 'slug', message: 'slug_needs_account' });
  return faults;
}

function ownerOnlyFaults(input: UpdatePaste): FieldError[] {
  const settings = ['visibility', 'expires_in', 'expires_at'] as const;
  return settings
    .filter((path) => input[path] !== undefined)
    .map((path) => ({ path, message: 'owner_only' }));
}

function refuse(faults: FieldError[]): undefined {
  if (faults.length > 0) throw new AppError('validation_failed', { fields: faults });
}

function severalFilesFaults(paste: PasteRecord): FieldError[] {
  return paste.files.length > 1 ? [{ path: 'content', message: 'content_of_several_files' }] : [];
}

/** What was just given, of which something differs from what it looks like or from what was asked for. */
function warningsFor({
  title = '',
  files = [],
}: {
  title?: string | undefined;
  files?: readonly FileInput[] | undefined;
}): string[] {
  const texts = [title, ...files.flatMap(({ name, content }) => [name ?? '', content])];
  const kinds = texts.flatMap((text) => textWarnings(text).map(({ kind }): string => kind));
  const isUnknown = files.some((file) => file.language === null);
  return [...new Set([...kinds, ...(isUnknown ? ['language_unknown'] : [])])];
}
