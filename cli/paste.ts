import { MAX_FILES } from '@/lib/encryption/limits';
import { Failure } from './failure';
import { unusable } from './http';
import { isSlug, toUrl } from './link';

/** What a server says about a paste. */
export interface Paste {
  title: string;
  revision: number;
  expiresAt: Date | null;
  burnAfter: number | null;
  reads: number | null;
  files: PasteFile[];
  /** Null for a paste that is not secret. */
  encryption: { hasLock: boolean } | null;
}

export interface PasteFile {
  name: string;
  language: string;
  sha256: string;
  /** Only of a revealed paste. */
  content: string | undefined;
}

export interface CreatedPaste {
  slug: string;
  url: string;
  editKey: string | undefined;
  expiresAt: string | null;
}

const FORMAT = 'age-v1';

/** @throws Failure refused */
export function parsePaste(value: unknown, host: string): Paste {
  const { title, revision, expires_at, burn_after, reads, files, encryption } = toRecord(value, host);
  const expiresAt = isText(expires_at) ? new Date(expires_at) : null;
  const isUsable =
    isText(title) &&
    isCount(revision) &&
    !Number.isNaN(expiresAt?.getTime()) &&
    (burn_after === null || isCount(burn_after)) &&
    Array.isArray(files) &&
    files.length <= MAX_FILES;
  if (!isUsable) throw unusable(host);
  return {
    title,
    revision,
    expiresAt,
    burnAfter: burn_after,
    reads: isCount(reads) ? reads : null,
    files: files.map((file: unknown) => parseFile(file, host)),
    encryption: encryption === null || encryption === undefined ? null : parseEncryption(encryption, host),
  };
}

/** @throws Failure refused */
export function parseCreated(value: unknown, host: string): CreatedPaste {
  const { slug, url, edit_key, expires_at } = toRecord(value, host);
  if (!isSlug(slug) || !isText(url) || !toUrl(url)) throw unusable(host);
  const editKey = isText(edit_key) && /^[!-~]{1,200}$/.test(edit_key) ? edit_key : undefined;
  return { slug, url: new URL(url).href, editKey, expiresAt: isText(expires_at) ? expires_at : null };
}

function parseFile(value: unknown, host: string): PasteFile {
  const { name, language, sha256, content } = toRecord(value, host);
  if (!isText(name) || !isText(language) || !isText(sha256)) throw unusable(host);
  return { name, language, sha256, content: isText(content) ? content : undefined };
}

function parseEncryption(value: unknown, host: string): { hasLock: boolean } {
  const { format, lock_url } = toRecord(value, host);
  if (format === FORMAT) return { hasLock: isText(lock_url) };
  throw new Failure('encryption', 'This paste is encrypted in a way that this version does not know.');
}

function toRecord(value: unknown, host: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw unusable(host);
  return value as Record<string, unknown>;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
