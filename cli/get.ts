import { isUtf8 } from 'node:buffer';
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MAX_CONTENT_BYTES, MAX_PAYLOAD_BYTES } from '@/lib/encryption/limits';
import { compareWithServer, openPayload } from '@/lib/encryption/open';
import { proofOf } from '@/lib/encryption/proof';
import { Failure } from './failure';
import { type Connection, fetchBytes, fetchJson, unusable } from './http';
import type { Link } from './link';
import {
  makeFolder,
  requireWritable,
  requireWritableFolder,
  taken,
  writeLocalFile,
  writeLocalFiles,
  writeToNewFolder,
} from './local-files';
import { decrypting, findContentKey, readLinkKey } from './open-secret';
import type { GetCommand } from './options';
import { isPrintable, isPrintedExactly, note, print, printContent, printJson } from './output';
import { type Paste, type PasteFile, parsePaste } from './paste';
import { printable } from './printable';
import { askOnTerminal } from './terminal';

interface OpenedPaste {
  title: string;
  files: { name: string; language: string | null; content: Uint8Array }[];
}

const MAX_DETAILS_BYTES = 512 * 1024;
/** A text of control characters takes six times its size in JSON. */
const MAX_REVEALED_BYTES = 6 * MAX_CONTENT_BYTES + MAX_DETAILS_BYTES;
/** For how long a server repeats its answer. */
const REPEAT_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const WARNINGS = {
  expires_later: 'The server keeps this paste for longer than its author meant.',
  more_reads: 'The server shows this paste more often than its author meant.',
};

/** Prints a paste or writes it to files. @throws Failure */
export async function get(command: GetCommand, link: Link, connection: Connection): Promise<void> {
  const linkKey = /^#AGE-SECRET-KEY/i.test(link.hash) ? await readLinkKey(link.hash) : null;
  await prepareTarget(command);
  const path = `/api/v1/pastes/${link.slug}`;
  const paste = parsePaste(await fetchJson(connection, { path, maxBytes: MAX_DETAILS_BYTES }), link.host);
  if (linkKey !== null && paste.encryption === null) {
    throw new Failure('encryption', 'The link has a key, but the server says that the paste is not secret.');
  }
  const opened = paste.encryption
    ? await getSecret(command, { link, connection, paste, hasLock: paste.encryption.hasLock })
    : await getOrdinary(command, { path, connection, paste });
  if (opened.files.length === 0) throw unusable(link.host);
  if (paste.burnAfter !== null) return deliverRevealed(command, { slug: link.slug, opened, paste });
  await deliver(command, opened, paste);
  const count = Math.max(opened.files.length, paste.files.length);
  if (!command.json && command.dir === undefined && count > 1) {
    note(`This is the first of ${count} files; --dir writes all.`);
  }
}

/** Before anything is revealed. */
async function prepareTarget({ dir, output, force }: GetCommand): Promise<void> {
  if (output !== undefined) await requireWritable(output, { force });
  if (dir === undefined) return;
  await makeFolder(dir);
  await requireWritableFolder(dir);
}

/** What was revealed may be gone from the server: files that are not delivered whole go into a new folder. */
async function deliverRevealed(
  command: GetCommand,
  { slug, opened, paste }: { slug: string; opened: OpenedPaste; paste: Paste },
): Promise<void> {
  const { output, dir, json } = command;
  const { files } = opened;
  const content = files[0]?.content ?? new Uint8Array();
  const isPrinted = !json && dir === undefined && output === undefined;
  const isWhole =
    json || dir !== undefined || (files.length === 1 && (!isPrinted || isPrintedExactly(content)));
  const keepAll = () => writeToNewFolder(`sheaf-${slug}-`, files);
  let folder = isWhole ? null : await keepAll();
  try {
    if (!isPrinted || isPrintable(content)) await deliver(command, opened, paste);
  } catch (error) {
    folder ??= await keepAll();
    const reason = error instanceof Failure ? error.message : 'The output has ended.';
    throw new Failure('usage', `${reason} ${placeOf(folder)}`);
  }
  if (folder !== null) note(placeOf(folder));
}

function placeOf(folder: string): string {
  return `All files of the paste are in the folder ${printable(folder)}.`;
}

async function deliver(command: GetCommand, opened: OpenedPaste, paste: Paste): Promise<void> {
  const { output, dir, force, json } = command;
  if (json) return printJson(toJson(opened, paste));
  const { files } = opened;
  const isSecret = paste.encryption !== null;
  if (dir !== undefined) {
    const paths = await writeLocalFiles(dir, { files, force, isSecret });
    return print(paths.map((path) => `${path}\n`).join(''));
  }
  const content = files[0]?.content ?? new Uint8Array();
  if (output === undefined) return printContent(content);
  if (!(await writeLocalFile(output, { content, force, isSecret }))) throw taken(output);
}

async function getOrdinary(
  command: GetCommand,
  { path, connection, paste }: { path: string; connection: Connection; paste: Paste },
): Promise<OpenedPaste> {
  const { host } = connection;
  if (paste.burnAfter !== null) {
    await confirmReveal(command, paste);
    const revealing = { ...toReveal(path), maxBytes: MAX_REVEALED_BYTES };
    const revealed = await repeatIfLost(() => fetchJson(connection, revealing));
    const { title, files } = parsePaste(revealed, host);
    return { title, files: files.map((file) => ({ ...file, content: Buffer.from(file.content ?? '') })) };
  }
  const wanted = command.dir === undefined && !command.json ? paste.files.slice(0, 1) : paste.files;
  const files: OpenedPaste['files'] = [];
  for (const [index, file] of wanted.entries()) {
    const content = await fetchBytes(connection, {
      path: `${path}/files/${index + 1}/raw`,
      maxBytes: MAX_CONTENT_BYTES,
    });
    requireSame(file, content);
    files.push({ ...file, content });
  }
  return { title: paste.title, files };
}

/** The files come one after the other, and the paste may change between. */
function requireSame({ sha256 }: PasteFile, content: Uint8Array): void {
  if (createHash('sha256').update(content).digest('hex') === sha256) return;
  throw new Failure('refused', 'The paste was changed while it was read; try again.');
}

async function getSecret(
  command: GetCommand,
  {
    link,
    connection,
    paste,
    hasLock,
  }: { link: Link; connection: Connection; paste: Paste; hasLock: boolean },
): Promise<OpenedPaste> {
  const { slug } = link;
  const linkKey = await readLinkKey(link.hash);
  const { passwordFile } = command;
  const contentKey = await findContentKey(connection, { slug, linkKey, hasLock, passwordFile });
  const path = `/api/v1/pastes/${slug}`;
  const maxBytes = MAX_PAYLOAD_BYTES;
  let payload: Uint8Array;
  if (paste.burnAfter !== null) {
    await confirmReveal(command, paste);
    const body = JSON.stringify({ proof: proofOf(contentKey) });
    const revealing = { ...toReveal(path, { 'Content-Type': 'application/json' }), body, maxBytes };
    payload = await repeatIfLost(() => fetchBytes(connection, revealing));
  } else payload = await fetchBytes(connection, { path: `${path}/raw`, maxBytes });
  const { revision } = paste;
  const { title, files, intention } = await decrypting(() => openPayload(payload, { contentKey, revision }));
  for (const difference of compareWithServer(intention, paste)) note(WARNINGS[difference]);
  return { title, files };
}

function toReveal(path: string, headers: Record<string, string> = {}) {
  return { method: 'POST', path: `${path}/reveal`, headers: { ...headers, 'Idempotency-Key': randomUUID() } };
}

/** Asks again with the same key, which gets the same answer for a minute and counts no other read. */
async function repeatIfLost<T>(reveal: () => Promise<T>): Promise<T> {
  let until: number | undefined;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs *= 2) {
    try {
      return await reveal();
    } catch (error) {
      const isLost = error instanceof Failure && (error.exit === 'network' || (error.status ?? 0) >= 500);
      until ??= Date.now() + REPEAT_MS;
      if (!isLost || Date.now() + pauseMs > until) throw error;
      await sleep(pauseMs);
    }
  }
}

async function confirmReveal({ yes }: GetCommand, { burnAfter, reads }: Paste): Promise<void> {
  if (yes) return;
  const left = Math.max(1, (burnAfter ?? 1) - (reads ?? 0));
  const warning =
    left === 1 ? 'This paste can be read once more.' : `This paste can be read ${left} more times.`;
  const answer = await askOnTerminal(`${warning} Reveal it? [y/N] `);
  if (answer === null) throw new Failure('usage', 'This paste burns after reading; use --yes to reveal it.');
  if (!/^y(?:es)?$/i.test(answer.trim())) throw new Failure('interrupted', 'Nothing was revealed.');
}

function toJson({ title, files }: OpenedPaste, { expiresAt, burnAfter, revision, encryption }: Paste) {
  return {
    title,
    revision,
    expires_at: expiresAt?.toISOString() ?? null,
    burn_after: burnAfter,
    secret: encryption !== null,
    files: files.map(({ name, language, content }) => {
      const buffer = Buffer.from(content);
      return isUtf8(buffer)
        ? { name, language, content: buffer.toString() }
        : { name, language, content_base64: buffer.toString('base64') };
    }),
  };
}
