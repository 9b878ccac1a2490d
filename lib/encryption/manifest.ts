import { EncryptionError } from './errors';
import { MAX_FILES, MAX_MANIFEST_BYTES, MAX_NAME_LENGTH, MAX_TITLE_LENGTH } from './limits';

/** What the author meant, to be compared with what the server says. */
export interface Intention {
  /** From 1. */
  revision: number;
  /** SHA-256 of the ciphertext of the revision before, in hex; null for the first. */
  previous: string | null;
  /** Null if it does not expire. */
  expiresAt: Date | null;
  /** Null if it does not burn. */
  burnAfter: number | null;
}

export interface ManifestFile {
  /** The name in the archive. */
  path: string;
  /** The author's name for it; may be empty. */
  name: string;
  /** A language id; null if it is to be detected. */
  language: string | null;
}

export interface Manifest {
  title: string;
  intention: Intention;
  files: ManifestFile[];
}

const VERSION = 1;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is rejected here
const CONTROL = /[\u0000-\u001f\u007f]/;

/** The text of `.sheaf.json`. */
export function formatManifest({ title, intention, files }: Manifest): string {
  const { revision, previous, expiresAt, burnAfter } = intention;
  return `${JSON.stringify(
    {
      version: VERSION,
      title,
      revision,
      previous,
      expires_at: expiresAt?.toISOString() ?? null,
      burn_after: burnAfter,
      files: files.map(({ path, name, language }) => ({ path, name, language })),
    },
    null,
    2,
  )}\n`;
}

/**
 * Parses and checks `.sheaf.json`. Members that are not known are ignored.
 * @throws EncryptionError damaged, too_large, too_many_files, unknown_version
 */
export function parseManifest(bytes: Uint8Array): Manifest {
  if (bytes.length > MAX_MANIFEST_BYTES) throw new EncryptionError('too_large');
  const manifest = toRecord(parseJson(bytes));
  const { version, title, revision, previous, expires_at, burn_after, files } = manifest;
  if (typeof version === 'number' && Number.isInteger(version) && version > VERSION) {
    throw new EncryptionError('unknown_version');
  }
  require(version === VERSION);
  require(isLine(title, MAX_TITLE_LENGTH));
  require(isCount(revision));
  require(previous === null || (typeof previous === 'string' && /^[0-9a-f]{64}$/.test(previous)));
  require(burn_after === null || isCount(burn_after));
  require(Array.isArray(files) && files.length > 0);
  if (files.length > MAX_FILES) throw new EncryptionError('too_many_files');
  const parsed = files.map(parseFile);
  require(new Set(parsed.map(({ path }) => path)).size === parsed.length);
  const intention = { revision, previous, expiresAt: parseTime(expires_at), burnAfter: burn_after };
  return { title, intention, files: parsed };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new EncryptionError('damaged');
  }
}

function parseFile(value: unknown): ManifestFile {
  const { path, name, language } = toRecord(value);
  require(typeof path === 'string' && path !== '' && path.length <= MAX_NAME_LENGTH);
  require(isFileName(name));
  require(language === null || isLine(language, 64));
  return { path, name, language };
}

/** A file name without a path; may be empty. */
export function isFileName(value: unknown): value is string {
  return isLine(value, MAX_NAME_LENGTH) && !/[\\/]/.test(value) && value !== '.' && value !== '..';
}

function parseTime(value: unknown): Date | null {
  if (value === null) return null;
  require(typeof value === 'string' && value.length <= 40);
  const time = new Date(value);
  require(!Number.isNaN(time.getTime()));
  return time;
}

function isLine(value: unknown, max: number): value is string {
  return typeof value === 'string' && value.length <= max && !CONTROL.test(value) && value.isWellFormed();
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}

function toRecord(value: unknown): Record<string, unknown> {
  require(typeof value === 'object' && value !== null && !Array.isArray(value));
  return value as Record<string, unknown>;
}

function require(condition: boolean): asserts condition {
  if (!condition) throw new EncryptionError('damaged');
}
