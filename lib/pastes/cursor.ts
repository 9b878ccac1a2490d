import { z } from 'zod';
import { invalidField } from '../core/errors';
import { MAX_TITLE_LENGTH } from './schema';

/** The place after one item of a list: what the list is ordered by, and the id of the item's row. */
export interface Place {
  /** An ISO 8601 time or `infinity`, or any text. */
  key: string;
  id: string;
}

/** The type that Postgres takes the key of a `Place` for. */
export type KeyType = 'timestamptz' | 'text';

const cursorSchema = z.tuple([z.uuid(), z.string().max(MAX_TITLE_LENGTH)]);

export function encodeCursor({ key, id }: Place): string {
  return Buffer.from(JSON.stringify([id, key])).toString('base64url');
}

/** @throws AppError validation_failed for what `encodeCursor` did not make of a key of this type */
export function decodeCursor(cursor: string, type: KeyType): Place {
  const parsed = cursorSchema.safeParse(parseJsonOrNull(Buffer.from(cursor, 'base64url').toString()));
  const [id, key] = parsed.success ? parsed.data : ['', ''];
  const isKey = type === 'text' ? !key.includes('\0') : key === 'infinity' || isIsoTime(key);
  if (!parsed.success || !isKey) throw invalidField('cursor', 'cursor_unknown');
  return { id, key };
}

function parseJsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isIsoTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) || text.startsWith('0000')) return false;
  const time = new Date(text);
  // Of 30 February, JavaScript makes 2 March, and Postgres an error.
  return !Number.isNaN(time.getTime()) && time.toISOString() === text;
}
