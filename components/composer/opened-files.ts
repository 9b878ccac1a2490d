import type { ComposerSetup } from './composer-setup';
import { EMPTY_FILE, type FileDraft } from './draft';
import { toBase64 } from './secret/base64';

const JUNK = /^(\.ds_store|\._.*|thumbs\.db|desktop\.ini|__macosx|\.git|\.svn|\.hg)$/i;
const WALKED_MAX = 500;

export interface OpenedFiles {
  files: FileDraft[];
  /** Names of what could not be taken, by why. */
  binaries: string[];
  images: string[];
  tooLarge: string[];
  /** Of `binaries` and `images`, what a secret paste could hold. */
  forSecret: File[];
  /** How many were not even read, because a paste cannot hold more files. */
  left: number;
}

/** Metadata files of file managers, skipped. */
export function isJunk(name: string): boolean {
  return JUNK.test(name);
}

/** Reads what was chosen, dropped or pasted, as far as it fits into one paste; the rest is not read at all. */
export async function openFiles(
  files: readonly File[],
  { maxBytes, maxFiles }: Pick<ComposerSetup, 'maxBytes' | 'maxFiles'>,
  { takesBinaries = false }: { takesBinaries?: boolean } = {},
): Promise<OpenedFiles> {
  const opened: OpenedFiles = {
    files: [],
    binaries: [],
    images: [],
    tooLarge: [],
    forSecret: [],
    left: 0,
  };
  let room = maxBytes;
  for (const file of files) {
    if (isJunk(file.name)) continue;
    if (opened.files.length >= maxFiles) {
      opened.left += 1;
      continue;
    }
    if (file.size > room) {
      (isPicture(file) && !takesBinaries ? opened.images : opened.tooLarge).push(file.name);
      continue;
    }
    const read = (await readTextFile(file)) ?? (takesBinaries ? await readBinaryFile(file) : null);
    if (read) {
      opened.files.push(read);
      room -= file.size;
      continue;
    }
    (isPicture(file) ? opened.images : opened.binaries).push(file.name);
    opened.forSecret.push(file);
  }
  return opened;
}

/** The file as text, byte for byte, or null if it is not text. */
export async function readTextFile(file: File): Promise<FileDraft | null> {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const text = decoder.decode(await file.arrayBuffer());
    return text.includes('\0') ? null : { ...EMPTY_FILE, name: file.name, text };
  } catch {
    return null;
  }
}

/** The file as its bytes, or null if it cannot be read. */
async function readBinaryFile(file: File): Promise<FileDraft | null> {
  const bytes = await file.arrayBuffer().catch(() => null);
  return bytes && { ...EMPTY_FILE, name: file.name, base64: toBase64(new Uint8Array(bytes)) };
}

/** The files of a drop, those in folders included, in the order of their paths. */
export async function droppedFiles(data: DataTransfer): Promise<File[]> {
  // Entries are to be had only until the event is over.
  const entries = [...data.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  const plain = [...data.files];
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found: { path: string; file: File }[] = [];
  for (const entry of entries) if (entry) await walk(entry, found);
  return found.sort((one, other) => comparePaths(one.path, other.path)).map(({ file }) => file);
}

async function walk(entry: FileSystemEntry, found: { path: string; file: File }[]): Promise<void> {
  if (found.length >= WALKED_MAX || isJunk(entry.name)) return;
  if (isFile(entry)) {
    const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)));
    if (file) found.push({ path: entry.fullPath, file });
  } else if (isFolder(entry)) {
    for (const child of await childrenOf(entry)) await walk(child, found);
  }
}

/** A reader gives some children at a time, and none when there are no more. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  while (children.length < WALKED_MAX) {
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (some.length === 0) break;
    children.push(...some);
  }
  return children;
}

function comparePaths(one: string, other: string): number {
  return one.localeCompare(other, undefined, { numeric: true });
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isPicture(file: File): boolean {
  return file.type.startsWith('image/');
}
