import { packTar, unpackTar } from 'modern-tar';
import { EncryptionError } from './errors';
import { MAX_CONTENT_BYTES, MAX_FILES, MAX_PAYLOAD_BYTES } from './limits';
import { formatManifest, type Intention, isFileName, type Manifest, parseManifest } from './manifest';
import { paddedSize } from './padding';
import { MANIFEST_NAME, storedNames } from './stored-names';

export interface SecretFile {
  /** The author's name for it; may be empty. */
  name: string;
  /** A language id; null if it is to be detected. */
  language: string | null;
  content: Uint8Array;
}

export interface SecretContent {
  /** One line; may be empty. */
  title: string;
  files: readonly SecretFile[];
}

export interface OpenedArchive {
  title: string;
  files: SecretFile[];
  /** Null for an archive that was not made by Sheaf. */
  intention: Intention | null;
}

/**
 * The tar archive of a paste: `.sheaf.json`, then the files under unique names, then padding.
 * @throws EncryptionError too_large, too_many_files
 */
export async function packArchive(
  { title, files }: SecretContent,
  intention: Intention,
): Promise<Uint8Array<ArrayBuffer>> {
  requireSize(files);
  const paths = storedNames(files.map(({ name }) => name));
  const described = files.map(({ name, language }, index) => ({ path: paths[index] ?? '', name, language }));
  const manifest = new TextEncoder().encode(formatManifest({ title, intention, files: described }));
  const archive = await packEntries(
    [MANIFEST_NAME, ...paths],
    [manifest, ...files.map(({ content }) => content)],
  );
  const padded = new Uint8Array(paddedSize(archive.length));
  padded.set(archive);
  return padded;
}

/** The files alone, as an ordinary tar archive. */
export function packFiles(files: readonly SecretFile[]): Promise<Uint8Array<ArrayBuffer>> {
  return packEntries(
    storedNames(files.map(({ name }) => name)),
    files.map(({ content }) => content),
  );
}

async function packEntries(
  paths: readonly string[],
  bodies: readonly Uint8Array[],
): Promise<Uint8Array<ArrayBuffer>> {
  const entries = bodies.map((body, index) => ({
    header: { name: paths[index] ?? '', size: body.length, mode: 0o644 },
    body,
  }));
  return new Uint8Array(await packTar(entries));
}

/**
 * Reads an archive, also one that `tar` made. Nothing in it may be anything but a file.
 * @throws EncryptionError damaged, too_large, too_many_files, unknown_version
 */
export async function unpackArchive(archive: Uint8Array): Promise<OpenedArchive> {
  if (archive.length > MAX_PAYLOAD_BYTES) throw new EncryptionError('too_large');
  const contents = new Map<string, Uint8Array>();
  for (const { header, data } of await readEntries(archive)) {
    if (header.type !== 'file' || !data || data.length !== header.size || contents.has(header.name)) {
      throw new EncryptionError('damaged');
    }
    contents.set(header.name, data);
  }
  const described = contents.get(MANIFEST_NAME);
  const manifest = described ? parseManifest(described) : describeEntries([...contents.keys()]);
  const files = manifest.files.map(({ path, name, language }) => {
    const content = contents.get(path);
    if (!content || path === MANIFEST_NAME) throw new EncryptionError('damaged');
    return { name, language, content };
  });
  requireSize(files);
  return { title: manifest.title, files, intention: manifest.intention };
}

async function readEntries(archive: Uint8Array) {
  let count = 0;
  try {
    return await unpackTar(archive, {
      strict: true,
      filter: () => {
        count += 1;
        if (count > MAX_FILES + 1) throw new EncryptionError('too_many_files');
        return true;
      },
    });
  } catch (error) {
    if (error instanceof EncryptionError) throw error;
    throw new EncryptionError('damaged');
  }
}

/** Of an archive without a manifest: the files as they are named in it. */
function describeEntries(paths: readonly string[]): Omit<Manifest, 'intention'> & { intention: null } {
  if (paths.length === 0) throw new EncryptionError('damaged');
  if (paths.length > MAX_FILES) throw new EncryptionError('too_many_files');
  if (!paths.every(isFileName)) throw new EncryptionError('damaged');
  return { title: '', intention: null, files: paths.map((path) => ({ path, name: path, language: null })) };
}

function requireSize(files: readonly SecretFile[]): void {
  if (files.length > MAX_FILES) throw new EncryptionError('too_many_files');
  const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
  if (bytes > MAX_CONTENT_BYTES) throw new EncryptionError('too_large');
}
