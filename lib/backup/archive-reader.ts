import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Decrypter } from 'age-encryption';
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import { BackupError, explainFileError } from './backup-error';
import { Checksums, manifestSum } from './checksums';
import {
  type EntryKind,
  HEADER,
  kindOf,
  MANIFEST,
  MANIFEST_SUM,
  MAX_ENTRY_BYTES,
  type Manifest,
  parseHeader,
  parseManifest,
} from './format';

export type Entry = EntryKind & { name: string; data: Buffer };

export interface ArchiveSource {
  file: string;
  /** What is in the file of identities that opens an encrypted backup; null if there is none. */
  identities: string | null;
}

const AGE_BEGINS = 'age-encryption.org/';
const CUT = 'The backup is cut off: its end is missing. Restore another one.';

/**
 * Yields the entries of an archive in their order, each checked against the archive's checksums up to
 * `ENTRIES_PER_SUM` entries later; the manifest comes last, after all others were checked. What is done with an
 * entry must be undone if a later one is damaged.
 * @throws BackupError that names what is wrong with the file
 */
export async function* readArchive(source: ArchiveSource): AsyncGenerator<Entry> {
  const sums = new Checksums();
  let last: Entry | undefined;
  for await (const entry of decodeArchive(source)) {
    if ((last === undefined) !== (entry.name === HEADER)) throw unexpected(entry.name);
    if (last?.kind === 'manifest-sum') throw unexpected(entry.name);
    if (last?.kind === 'manifest' && entry.kind !== 'manifest-sum') throw unexpected(entry.name);
    // So that no more than this waits for its checksum in memory.
    if (sums.isFull && entry.kind !== 'sums') throw unexpected(entry.name);
    if (entry.kind === 'sums') requireSums(sums, entry.data);
    else if (entry.kind === 'manifest') requireTotal(sums, parseManifest(entry.data));
    else if (entry.kind === 'manifest-sum') requireManifest(last, entry.data);
    else sums.add(entry.name, entry.data);
    if (entry.kind === 'header') parseHeader(entry.data);
    // Only now: its own checksum comes after it.
    if (entry.kind === 'manifest-sum' && last) yield last;
    else if (entry.kind !== 'sums' && entry.kind !== 'manifest') yield entry;
    last = entry;
  }
  if (last?.kind !== 'manifest-sum') throw new BackupError(CUT);
}

function unexpected(name: string): BackupError {
  return new BackupError(`This is not a backup of Sheaf: ${JSON.stringify(name)} is not expected there.`);
}

function requireSums(sums: Checksums, data: Buffer): void {
  const expected = data.toString().split('\n');
  const found = sums.take().data.toString().split('\n');
  const index = found.findIndex((line, at) => line !== expected[at]);
  if (index === -1 && found.length === expected.length) return;
  const name = found[index]?.split('  ')[1] ?? 'a list of checksums';
  throw new BackupError(`The backup is damaged: ${name} does not match its checksum. Restore another one.`);
}

function requireTotal(sums: Checksums, manifest: Manifest): void {
  if (sums.isEmpty && sums.digest() === manifest.sums) return;
  throw new BackupError(
    'The backup is damaged: its checksums do not match the manifest. Restore another one.',
  );
}

function requireManifest(manifest: Entry | undefined, data: Buffer): void {
  if (manifest?.kind === 'manifest' && data.equals(manifestSum(manifest.data))) return;
  throw new BackupError(`The backup is damaged: ${MANIFEST} does not match ${MANIFEST_SUM}.`);
}

async function* decodeArchive(source: ArchiveSource): AsyncGenerator<Entry> {
  const decoder = createTarDecoder({ strict: true });
  const bytes = await openBytes(source);
  // Reading the entries fails with the same error.
  bytes.pipeTo(decoder.writable).catch(() => {});
  try {
    for await (const entry of decoder.readable as unknown as AsyncIterable<ParsedTarEntry>) {
      yield await readEntry(entry);
    }
  } catch (error) {
    throw explainArchiveError(error, source.file);
  }
}

async function readEntry({ header, body }: ParsedTarEntry): Promise<Entry> {
  const { name, size, type, pax } = header;
  const kind = kindOf(name);
  if (kind === null || type !== 'file' || pax !== undefined) throw unexpected(name);
  if (size > MAX_ENTRY_BYTES) throw new BackupError(`The backup is damaged: ${name} is too large.`);
  const data = Buffer.concat(await Readable.fromWeb(body as never).toArray());
  if (data.length !== size) throw new BackupError(CUT);
  return { ...kind, name, data };
}

/** The archive itself, decrypted where it is encrypted. */
async function openBytes({ file, identities }: ArchiveSource): Promise<ReadableStream<Uint8Array>> {
  const isEncrypted = (await readBeginning(file)).toString('latin1') === AGE_BEGINS;
  const stream = Readable.toWeb(createReadStream(file)) as unknown as ReadableStream<Uint8Array>;
  if (!isEncrypted) return stream;
  if (identities === null) {
    await stream.cancel();
    throw new BackupError('The backup is encrypted: name the file with its age identity, --identity FILE.');
  }
  try {
    return await decrypterWith(identities).decrypt(stream);
  } catch (error) {
    if (error instanceof BackupError) throw error;
    const isOther = error instanceof Error && error.message.includes('no identity matched');
    throw new BackupError(
      isOther
        ? 'The backup is encrypted for another identity than the one in this file.'
        : 'The backup is damaged: its encryption cannot be read.',
      { cause: error },
    );
  }
}

async function readBeginning(file: string): Promise<Buffer> {
  try {
    const handle = await open(file, 'r');
    const { buffer, bytesRead } = await handle
      .read(Buffer.alloc(AGE_BEGINS.length), 0, AGE_BEGINS.length, 0)
      .finally(() => handle.close());
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw explainFileError(error, file);
  }
}

function decrypterWith(identities: string): Decrypter {
  const lines = identities.split(/\r?\n/).map((line) => line.trim());
  const keys = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const decrypter = new Decrypter();
  try {
    for (const key of keys) decrypter.addIdentity(key);
  } catch {
    // Without the cause, which may show the key.
    throw new BackupError(
      'The file of --identity has a line that is not an age identity (AGE-SECRET-KEY-1…).',
    );
  }
  if (keys.length === 0) throw new BackupError('The file of --identity has no age identity.');
  return decrypter;
}

/** What the parts say about damaged files, in one sentence. */
function explainArchiveError(error: unknown, file: string): unknown {
  if (error instanceof BackupError || !(error instanceof Error)) return error;
  const { message } = error;
  if (/truncated/i.test(message)) return new BackupError(CUT, { cause: error });
  if (/^(?:Invalid (?:tar|EOF)|TAR number|Tar metadata|Too many global)/.test(message)) {
    return new BackupError('This is not a backup of Sheaf, or it is damaged.', { cause: error });
  }
  if (/invalid tag|chunk|ciphertext/i.test(message)) {
    return new BackupError('The backup is cut off or damaged: a part of it cannot be decrypted.', {
      cause: error,
    });
  }
  return explainFileError(error, file);
}
