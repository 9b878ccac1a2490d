import { z } from 'zod';
import { BackupError } from './backup-error';

/*
 * A backup is a tar archive of ordinary files, in this order; `docs/backup.md` describes it:
 *
 *   sheaf-backup.json          version of the format and of Sheaf, and the last migration
 *   bodies/<key>               a text or an avatar, as stored
 *   rows/<table>/000001.ndjson rows of a table: JSON objects with each value as PostgreSQL writes it as text
 *   secrets.json               the generated secrets, if they are part of it
 *   sums/000001.sha256         the checksums of the entries before it, up to `ENTRIES_PER_SUM`; between the others
 *   manifest.json              what is in the archive
 *   manifest.sha256            its checksum; an archive without this entry is not complete
 */

export const FORMAT = 1;

export const HEADER = 'sheaf-backup.json';
export const SECRETS = 'secrets.json';
export const MANIFEST = 'manifest.json';
export const MANIFEST_SUM = 'manifest.sha256';

/** How many entries one file of checksums names. */
export const ENTRIES_PER_SUM = 1_000;
/** About the size of a file of rows; a single larger row has a file of its own. */
export const ROWS_BYTES = 1024 * 1024;
/** No entry is larger: each is held in memory as a whole. */
export const MAX_ENTRY_BYTES = 64 * 1024 * 1024;

const BODY = /^bodies\/([0-9a-f]{40})$/;
const ROWS = /^rows\/([a-z][a-z0-9_]{0,62})\/\d{6,}[.]ndjson$/;
const SUMS = /^sums\/\d{6,}[.]sha256$/;

export function bodyName(key: string): string {
  return `bodies/${key}`;
}

export function rowsName(table: string, number: number): string {
  return `rows/${table}/${pad(number)}.ndjson`;
}

export function sumsName(number: number): string {
  return `sums/${pad(number)}.sha256`;
}

function pad(number: number): string {
  return String(number).padStart(6, '0');
}

export type EntryKind =
  | { kind: 'body'; key: string }
  | { kind: 'rows'; table: string }
  | { kind: 'header' | 'secrets' | 'sums' | 'manifest' | 'manifest-sum' };

const SINGLE = new Map<string, EntryKind>([
  [HEADER, { kind: 'header' }],
  [SECRETS, { kind: 'secrets' }],
  [MANIFEST, { kind: 'manifest' }],
  [MANIFEST_SUM, { kind: 'manifest-sum' }],
]);

/** What an entry of this name is; null for a name that no backup has. */
export function kindOf(name: string): EntryKind | null {
  const [, key] = BODY.exec(name) ?? [];
  if (key !== undefined) return { kind: 'body', key };
  const [, table] = ROWS.exec(name) ?? [];
  if (table !== undefined) return { kind: 'rows', table };
  if (SUMS.test(name)) return { kind: 'sums' };
  return SINGLE.get(name) ?? null;
}

const count = z.number().int().nonnegative();

const headerSchema = z.object({
  format: z.literal(FORMAT),
  /** Of Sheaf. */
  version: z.string(),
  /** The last migration that the database had. */
  migration: z.string(),
  /** When the snapshot was taken. */
  created_at: z.iso.datetime(),
});

const manifestSchema = headerSchema.extend({
  tables: z.record(z.string(), z.object({ columns: z.array(z.string()), rows: count })),
  bodies: z.object({ count, bytes: count }),
  secrets: z.boolean(),
  left_out: z.object({
    /** How many pastes burn after reading. */
    burning: count,
    /** Slugs of pastes, and `slug@number` of earlier revisions, of which a text was deleted during the backup. */
    deleted: z.array(z.string()),
    /** The same, of which a text is missing or damaged in the store. */
    damaged: z.array(z.string()),
    /** Usernames of accounts without their avatar, which the store does not have. */
    avatars: z.array(z.string()),
    /** Usernames of accounts without their avatar, which was changed or removed during the backup. */
    changed_avatars: z.array(z.string()),
  }),
  /** SHA-256 of all files of checksums, one after another. */
  sums: z.string(),
});

export type Header = z.infer<typeof headerSchema>;
export type Manifest = z.infer<typeof manifestSchema>;

/** @throws BackupError */
export function parseHeader(data: Uint8Array): Header {
  const value = parseJson(data, HEADER);
  const found = z.object({ format: z.number() }).safeParse(value).data?.format;
  if (found !== undefined && found !== FORMAT) {
    throw new BackupError(
      `The backup has format ${found}, and this release reads format ${FORMAT}. Restore it with the release that made it.`,
    );
  }
  return parseAs(headerSchema, value, HEADER);
}

/** @throws BackupError */
export function parseManifest(data: Uint8Array): Manifest {
  return parseAs(manifestSchema, parseJson(data, MANIFEST), MANIFEST);
}

export function formatJson(value: Header | Manifest): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

function parseJson(data: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString());
  } catch (error) {
    throw new BackupError(`The backup is damaged: ${name} is not JSON.`, { cause: error });
  }
}

function parseAs<S extends z.ZodType>(schema: S, value: unknown, name: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new BackupError(`The backup is damaged: ${name} is not what it should be.`);
  return parsed.data;
}
