import { createReadStream } from 'node:fs';
import { lstat, mkdir, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { storedNames } from '@/lib/encryption/stored-names';
import { Failure, hasCode, reasonOf } from './failure';
import { printable } from './printable';

export interface LocalFile {
  name: string;
  content: Uint8Array;
}

interface Writing {
  /** Replace what has the name. */
  force: boolean;
  /** Readable by this user only. */
  isSecret: boolean;
}

const STANDARD_INPUT = '-';
const MAX_COPIES = 1000;

/**
 * The files at these paths, `-` being standard input, and no more of them than may be in a paste.
 * @param options.maxBytes of all together
 * @throws Failure usage
 */
export async function readLocalFiles(
  paths: readonly string[],
  { maxBytes }: { maxBytes: number },
): Promise<LocalFile[]> {
  const files: LocalFile[] = [];
  let left = maxBytes;
  for (const path of paths) {
    const content = await readLocalFile(path, { maxBytes: left });
    left -= content.length;
    files.push({ name: path === STANDARD_INPUT ? '' : basename(path), content });
  }
  return files;
}

/** @throws Failure usage */
export async function readLocalFile(path: string, { maxBytes }: { maxBytes: number }): Promise<Uint8Array> {
  const name = path === STANDARD_INPUT ? 'standard input' : printable(path);
  const stream: Readable = path === STANDARD_INPUT ? process.stdin : createReadStream(path);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new Failure('usage', `Cannot read ${name}: ${reasonOf(error)}.`);
  }
  if (length > maxBytes) throw new Failure('usage', `Too much to read: ${name} goes past the limit.`);
  return Buffer.concat(chunks);
}

/**
 * Writes files into a folder, which is made, under safe and unique names. A name that is taken gets a number.
 * @returns the paths
 * @throws Failure usage
 */
export async function writeLocalFiles(
  folder: string,
  { files, ...writing }: Writing & { files: readonly LocalFile[] },
): Promise<string[]> {
  const names = storedNames(files.map(({ name }) => name));
  const paths: string[] = [];
  for (const [index, { content }] of files.entries()) {
    paths.push(await writeUnderFreeName(join(folder, names[index] ?? ''), { content, ...writing }));
  }
  return paths;
}

async function writeUnderFreeName(path: string, file: Writing & { content: Uint8Array }): Promise<string> {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  for (let copy = 1; copy <= MAX_COPIES; copy += 1) {
    const free = copy === 1 ? path : `${stem}-${copy}${extension}`;
    if (await writeLocalFile(free, file)) return free;
  }
  throw new Failure('usage', `Cannot write ${printable(path)}: too many files have its name.`);
}

/**
 * @returns whether it was written; not if the path is taken and may not be replaced
 * @throws Failure usage
 */
export async function writeLocalFile(
  path: string,
  { content, force, isSecret }: Writing & { content: Uint8Array },
): Promise<boolean> {
  try {
    // Not written through: the path may be a link to elsewhere.
    if (force) await rm(path, { force: true });
    await writeFile(path, content, { flag: 'wx', mode: isSecret ? 0o600 : 0o666 });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw cannotWrite(path, error);
  }
}

/**
 * Writes files into a new folder that only this user can read, in the current folder or else the temporary one.
 * @returns its path
 * @throws Failure usage
 */
export async function writeToNewFolder(prefix: string, files: readonly LocalFile[]): Promise<string> {
  let failure: unknown;
  for (const parent of ['.', tmpdir()]) {
    try {
      const folder = await mkdtemp(join(parent, prefix));
      await writeLocalFiles(folder, { files, force: false, isSecret: true });
      return folder;
    } catch (error) {
      failure = error;
    }
  }
  throw failure instanceof Failure ? failure : cannotWrite('to a new folder', failure);
}

/**
 * Checks that a file can be written at a path.
 * @throws Failure usage
 */
export async function requireWritable(path: string, { force }: Pick<Writing, 'force'>): Promise<void> {
  const existing = await lstat(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw cannotWrite(path, error);
  });
  if (existing && !force) throw taken(path);
  if (existing?.isDirectory()) throw cannotWrite(path, new Error('it is a folder'));
  await requireWritableFolder(dirname(path), path);
}

/** @throws Failure usage, which names `path` */
export async function requireWritableFolder(folder: string, path = folder): Promise<void> {
  try {
    await rmdir(await mkdtemp(join(folder, '.sheaf-')));
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** For a path where something is that may not be replaced. */
export function taken(path: string): Failure {
  return new Failure('usage', `${printable(path)} exists; --force replaces it.`);
}

function cannotWrite(path: string, error: unknown): Failure {
  return new Failure('usage', `Cannot write ${printable(path)}: ${reasonOf(error)}.`);
}

/** @throws Failure usage */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  await mkdir(folder, { recursive: true, ...(mode === undefined ? {} : { mode }) }).catch(
    (error: unknown) => {
      throw new Failure('usage', `Cannot make ${printable(folder)}: ${reasonOf(error)}.`);
    },
  );
}
