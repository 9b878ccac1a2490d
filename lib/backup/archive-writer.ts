import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Encrypter } from 'age-encryption';
import { createTarPacker } from 'modern-tar';
import { BackupError, explainFileError } from './backup-error';
import { Checksums, manifestSum } from './checksums';
import { formatJson, MANIFEST, MANIFEST_SUM, MAX_ENTRY_BYTES, type Manifest, sumsName } from './format';

export interface ArchiveWriter {
  /** @throws BackupError if the disk is full or the entry is too large */
  add(name: string, data: Uint8Array): Promise<void>;
  /** Writes the manifest and gives the file its name. @returns its size in bytes */
  finish(manifest: Omit<Manifest, 'sums'>): Promise<number>;
  /** Removes what was written. */
  abort(): Promise<void>;
}

/**
 * Writes an archive to a temporary file beside `file`, encrypted if there are recipients. It has its name only once
 * it is complete and flushed. Of its content, one entry and a few megabytes are in memory.
 * @throws BackupError if the file exists or cannot be created, or a recipient is not one
 */
export async function createArchive(options: {
  file: string;
  recipients: readonly string[];
  /** The time of all entries. */
  at: Date;
}): Promise<ArchiveWriter> {
  const { file, recipients, at } = options;
  const encrypter = recipients.length > 0 ? encrypterFor(recipients) : null;
  await requireAbsent(file);
  const draft = `${file}.part`;
  const handle = await openDraft(draft, file);
  const { readable, controller } = createTarPacker();
  const sums = new Checksums();
  const output = encrypter === null ? readable : await encrypter.encrypt(readable);
  const written = writeAll(output, handle);
  // Each `add` fails with the same error.
  written.catch(() => {});

  async function addEntry(name: string, data: Uint8Array): Promise<void> {
    if (data.length > MAX_ENTRY_BYTES) throw new BackupError(`${name} is too large for a backup.`);
    try {
      const writer = controller.add({ name, size: data.length, mode: 0o600, mtime: at }).getWriter();
      await writer.write(data);
      await writer.close();
    } catch (error) {
      throw explainFileError(error, file);
    }
  }

  async function addSums(): Promise<void> {
    const { number, data } = sums.take();
    await addEntry(sumsName(number), data);
  }

  return {
    async add(name, data) {
      await addEntry(name, data);
      sums.add(name, data);
      if (sums.isFull) await addSums();
    },

    async finish(manifest) {
      if (!sums.isEmpty) await addSums();
      const data = formatJson({ ...manifest, sums: sums.digest() });
      await addEntry(MANIFEST, data);
      await addEntry(MANIFEST_SUM, manifestSum(data));
      try {
        controller.finalize();
        await written;
        await handle.sync();
        const { size } = await handle.stat();
        await handle.close();
        await requireAbsent(file);
        await rename(draft, file);
        await syncFolder(dirname(file));
        return size;
      } catch (error) {
        throw explainFileError(error, file);
      }
    },

    async abort() {
      controller.error(new Error('aborted'));
      await written.catch(() => {});
      await handle.close().catch(() => {});
      await rm(draft, { force: true });
    },
  };
}

function encrypterFor(recipients: readonly string[]): Encrypter {
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch (error) {
      throw new BackupError(
        `“${recipient}” is not an age recipient. It begins with age1; age-keygen prints it as the public key.`,
        { cause: error },
      );
    }
  }
  return encrypter;
}

async function requireAbsent(file: string): Promise<void> {
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  if (exists) throw new BackupError(`${file} exists already. Name another file.`);
}

async function openDraft(draft: string, file: string): Promise<FileHandle> {
  try {
    return await open(draft, 'wx', 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') {
      throw new BackupError(
        `${draft} exists: another backup is being written, or was cut. If none is running, remove it.`,
      );
    }
    if (code === 'ENOENT') throw new BackupError(`The folder ${dirname(file)} does not exist.`);
    throw explainFileError(error, file);
  }
}

async function writeAll(stream: ReadableStream<Uint8Array>, handle: FileHandle): Promise<void> {
  await stream.pipeTo(new WritableStream({ write: (chunk: Uint8Array) => handle.writeFile(chunk) }));
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
