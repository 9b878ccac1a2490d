import 'server-only';
import { listContacts, toContactDto } from '../contacts/queries';
import type { ContactDto } from '../contacts/schema';
import type { UserRecord } from '../core/caller';
import { now } from '../core/clock';
import { AppError } from '../core/errors';
import { everyItem, MAX_PAGE_SIZE, type PageQuery } from '../core/pagination';
import { toEnvelopeDto, toPasteDto, toRevisionDto } from '../pastes/dto';
import { savedNames } from '../pastes/file-names';
import { listOwnPastes } from '../pastes/list-queries';
import { type FileRecord, findLock, findPaste, type PasteRecord } from '../pastes/queries';
import { readFileBody } from '../pastes/read';
import { listRevisions, type RevisionRecord } from '../pastes/revision-queries';
import { listSharedPastes } from '../sharing/shared-pastes';
import { blobStore } from '../storage/blob-store';
import { toSessionDto } from './sessions/dto';
import { listSecurityEvents, listSessions } from './sessions/lists';
import { describeDevice } from './sessions/origin';
import { listPersonalTokens } from './tokens/personal';
import { toUserDto } from './users/dto';

interface Entry {
  name: string;
  input: string | Uint8Array<ArrayBuffer>;
  lastModified: Date;
}

/** A file whose text is not in the archive. */
interface UnreadableFile {
  /** Where it would be in the archive. */
  path: string;
  bytes: number;
  sha256: string;
  reason: 'missing_or_damaged' | 'storage_unavailable';
}

/** After this many bodies in a row for which the store gave no answer, each after a time limit, none is read. */
const MAX_UNANSWERED = 3;

/**
 * Exports an account as a zip: profile, contacts, and every paste with all its revisions; only the metadata
 * of pastes that burn after reading. Bodies are read one at a time, as the stream is consumed. Those that
 * cannot be read are listed in `unreadable-files.json`, which is last.
 * @throws AppError storage_unavailable, before the first byte, if the store does not answer
 */
export async function streamExport(user: UserRecord, at: Date): Promise<ReadableStream<Uint8Array>> {
  await blobStore().ping();
  const profile = await describeAccount(user, at);
  const { downloadZip } = await import('client-zip');
  const { body } = downloadZip(listEntries(user, { profile, at }));
  if (!body) throw new Error('a zip without a body');
  return body;
}

async function describeAccount(user: UserRecord, at: Date) {
  const [sessions, events, tokens] = await Promise.all([
    listSessions(user.id, at),
    listSecurityEvents(user.id),
    listPersonalTokens(user.id),
  ]);
  return {
    exported_at: at.toISOString(),
    user: { ...toUserDto(user), locale: user.locale },
    sessions: sessions.map((session) => toSessionDto(session, null)),
    security_events: events.map((event) => ({
      kind: event.kind,
      at: event.createdAt.toISOString(),
      device: describeDevice(event.userAgent),
      address: event.address,
    })),
    personal_tokens: tokens,
  };
}

async function* listEntries(
  user: UserRecord,
  { profile, at }: { profile: unknown; at: Date },
): AsyncGenerator<Entry> {
  yield { name: 'profile.json', input: toJson(profile), lastModified: at };
  yield { name: 'contacts.json', input: toJson(await listAllContacts(user.id)), lastModified: at };
  yield { name: 'shared-with-me.json', input: toJson(await listAllShared(user)), lastModified: at };
  const bodies = createBodyReader();
  const listOwn = (page: PageQuery) => listOwnPastes(user.id, { sort: 'oldest', ...page }, now());
  for await (const { slug } of everyItem(listOwn)) {
    // Looked up again: the paste may have been edited or deleted since it was listed.
    const paste = await findPaste(slug, now());
    if (paste?.ownerId === user.id) yield* listPasteEntries(paste, bodies);
  }
  if (bodies.unreadable.length === 0) return;
  yield { name: 'unreadable-files.json', input: toJson(bodies.unreadable), lastModified: at };
}

async function listAllContacts(ownerId: string): Promise<ContactDto[]> {
  const contacts: ContactDto[] = [];
  for await (const contact of everyItem((page) => listContacts(ownerId, page))) {
    contacts.push(toContactDto(contact));
  }
  return contacts;
}

/** Metadata only: the content belongs to other users. */
async function listAllShared({ email }: UserRecord) {
  const shared: { slug: string; owner: string | null; role: string; shared_at: string }[] = [];
  for await (const one of everyItem((page) => listSharedPastes(email, page, now()))) {
    const { slug, owner } = one.paste;
    shared.push({ slug, owner, role: one.role, shared_at: one.sharedAt.toISOString() });
  }
  return shared;
}

async function* listPasteEntries(paste: PasteRecord, bodies: BodyReader): AsyncGenerator<Entry> {
  const folder = `pastes/${paste.slug}`;
  const isBurning = paste.burnAfter !== null;
  const dto = isBurning ? toEnvelopeDto(paste) : toPasteDto(paste);
  yield { name: `${folder}/paste.json`, input: toJson(dto), lastModified: paste.updatedAt };
  if (isBurning) return;
  const { stored, updatedAt } = paste;
  const files = { stored, folder: `${folder}/files`, lastModified: updatedAt };
  yield* listFileEntries(paste, { ...files, bodies });
  const lock = paste.encryption?.hasLock ? await findLock(paste.id) : null;
  if (lock) yield { name: `${folder}/lock.age`, input: lock, lastModified: paste.createdAt };
  for await (const revision of listEarlierRevisions(paste)) {
    const { createdAt: lastModified, stored, number } = revision;
    const earlier = `${folder}/revisions/${number}`;
    const facts = toJson(toRevisionDto(revision, paste));
    yield { name: `${earlier}/revision.json`, input: facts, lastModified };
    yield* listFileEntries(paste, { stored, bodies, folder: `${earlier}/files`, lastModified });
  }
}

async function* listEarlierRevisions({ id, revision }: PasteRecord): AsyncGenerator<RevisionRecord> {
  let before: number | null = revision;
  while (before !== null) {
    const page = await listRevisions(id, { before, limit: MAX_PAGE_SIZE });
    yield* page.items;
    before = page.nextBefore;
  }
}

interface FileEntries {
  stored: readonly FileRecord[];
  bodies: BodyReader;
  folder: string;
  lastModified: Date;
}

async function* listFileEntries(
  paste: PasteRecord,
  { stored, bodies, folder, lastModified }: FileEntries,
): AsyncGenerator<Entry> {
  const names = savedNames(paste, stored);
  for (const [index, file] of stored.entries()) {
    const name = `${folder}/${names[index] ?? index + 1}`;
    const input = await bodies.read(file, name);
    if (input !== null) yield { name, input, lastModified };
  }
}

type BodyReader = ReturnType<typeof createBodyReader>;

/** Reads the bodies of one export, and records those that cannot be read. */
function createBodyReader() {
  const unreadable: UnreadableFile[] = [];
  let unanswered = 0;

  async function tryToRead(file: FileRecord): Promise<Uint8Array | UnreadableFile['reason']> {
    if (unanswered >= MAX_UNANSWERED) return 'storage_unavailable';
    try {
      const body = await readFileBody(file);
      unanswered = 0;
      return body;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'storage_unavailable') throw error;
      // The cause is why the store did not answer; one that answered has no such body, or another.
      const isAnswered = error.cause === undefined;
      unanswered = isAnswered ? 0 : unanswered + 1;
      return isAnswered ? 'missing_or_damaged' : 'storage_unavailable';
    }
  }

  return {
    unreadable: unreadable as readonly UnreadableFile[],

    /** @returns null if it cannot be read; `path` is then recorded. */
    async read(file: FileRecord, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
      const read = await tryToRead(file);
      if (typeof read !== 'string') return read as Uint8Array<ArrayBuffer>;
      unreadable.push({ path, bytes: file.bytes, sha256: file.sha256, reason: read });
      return null;
    },
  };
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
