import 'server-only';
import { downloadZip } from 'client-zip';
import { listContacts, toContactDto } from '../contacts/queries';
import type { ContactDto } from '../contacts/schema';
import type { UserRecord } from '../core/caller';
import { now } from '../core/clock';
import { MAX_PAGE_SIZE } from '../core/pagination';
import { toEnvelopeDto, toPasteDto, toRevisionDto } from '../pastes/dto';
import { savedNames } from '../pastes/file-names';
import { listOwnPastes } from '../pastes/list-queries';
import { type FileRecord, findLock, findPaste, type PasteRecord } from '../pastes/queries';
import { readFileBody } from '../pastes/read';
import { listRevisions, type RevisionRecord } from '../pastes/revision-queries';
import { listSharedPastes } from '../sharing/shared-pastes';
import { toSessionDto } from './sessions/dto';
import { describeDevice } from './sessions/origin';
import { listSecurityEvents, listSessions } from './sessions/queries';
import { listPersonalTokens } from './tokens/personal';
import { toUserDto } from './users/dto';

interface Entry {
  name: string;
  input: string | Uint8Array<ArrayBuffer>;
  lastModified: Date;
}

/**
 * Exports an account as a zip: profile, contacts, and every paste with all its revisions; only the metadata
 * of pastes that burn after reading. Bodies are read one at a time, as the stream is consumed. A body that
 * cannot be read fails the stream, so that a partial export is not mistaken for a complete one.
 */
export async function streamExport(user: UserRecord, at: Date): Promise<ReadableStream<Uint8Array>> {
  const profile = await describeAccount(user, at);
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
  for await (const slug of listOwnSlugs(user.id)) {
    // Looked up again: the paste may have been edited or deleted since it was listed.
    const paste = await findPaste(slug, now());
    if (paste?.ownerId === user.id) yield* listPasteEntries(paste);
  }
}

async function listAllContacts(ownerId: string): Promise<ContactDto[]> {
  const contacts: ContactDto[] = [];
  let cursor: string | undefined;
  do {
    const page = await listContacts(ownerId, { limit: MAX_PAGE_SIZE, cursor });
    contacts.push(...page.items.map(toContactDto));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return contacts;
}

/** Metadata only: the content belongs to other users. */
async function listAllShared({ email }: UserRecord) {
  const shared: { slug: string; owner: string | null; role: string; shared_at: string }[] = [];
  let cursor: string | undefined;
  do {
    const page = await listSharedPastes(email, { limit: MAX_PAGE_SIZE, cursor }, now());
    for (const { paste, role, sharedAt } of page.items) {
      shared.push({ slug: paste.slug, owner: paste.owner, role, shared_at: sharedAt.toISOString() });
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return shared;
}

async function* listOwnSlugs(ownerId: string): AsyncGenerator<string> {
  let cursor: string | undefined;
  do {
    const page = await listOwnPastes(ownerId, { sort: 'oldest', limit: MAX_PAGE_SIZE, cursor }, now());
    yield* page.items.map(({ slug }) => slug);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

async function* listPasteEntries(paste: PasteRecord): AsyncGenerator<Entry> {
  const folder = `pastes/${paste.slug}`;
  const isBurning = paste.burnAfter !== null;
  const dto = isBurning ? toEnvelopeDto(paste) : toPasteDto(paste);
  yield { name: `${folder}/paste.json`, input: toJson(dto), lastModified: paste.updatedAt };
  if (isBurning) return;
  const { stored, updatedAt } = paste;
  yield* listFileEntries(paste, { stored, folder: `${folder}/files`, lastModified: updatedAt });
  const lock = paste.encryption?.hasLock ? await findLock(paste.id) : null;
  if (lock) yield { name: `${folder}/lock.age`, input: lock, lastModified: paste.createdAt };
  for await (const revision of listEarlierRevisions(paste)) {
    const { createdAt: lastModified, stored, number } = revision;
    const earlier = `${folder}/revisions/${number}`;
    const facts = toJson(toRevisionDto(revision, paste));
    yield { name: `${earlier}/revision.json`, input: facts, lastModified };
    yield* listFileEntries(paste, { stored, folder: `${earlier}/files`, lastModified });
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

async function* listFileEntries(
  paste: PasteRecord,
  { stored, folder, lastModified }: { stored: readonly FileRecord[]; folder: string; lastModified: Date },
): AsyncGenerator<Entry> {
  const names = savedNames(paste, stored);
  for (const [index, file] of stored.entries()) {
    const input = (await readFileBody(file)) as Uint8Array<ArrayBuffer>;
    yield { name: `${folder}/${names[index] ?? index + 1}`, input, lastModified };
  }
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
