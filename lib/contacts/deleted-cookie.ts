import 'server-only';
import { cookies } from 'next/headers';
import { cookieOptions } from '../auth/cookie';
import { type ContactRecord, toContactDto } from './queries';
import { type ContactInput, contactInputSchema } from './schema';

/** Holds whoever was deleted last, so that it can be undone; the server itself keeps nothing. */
const DELETED_COOKIE = 'sheaf_deleted_person';
const PATH = '/people';
const SECONDS = 600;
/** Browsers keep no cookie that is larger. */
const MAX_LENGTH = 3_800;

/** Keeps a contact in its owner's browser for a while. One that does not fit cannot be brought back. */
export async function rememberDeleted(ownerId: string, contact: ContactRecord): Promise<void> {
  const { first_name, last_name, email, phone, birthday, info, favorite } = toContactDto(contact);
  const input = { first_name, last_name, email, phone, birthday, info, favorite };
  const value = Buffer.from(JSON.stringify([ownerId, input])).toString('base64url');
  if (value.length > MAX_LENGTH) return forgetDeleted();
  (await cookies()).set(DELETED_COOKIE, value, { ...cookieOptions(), path: PATH, maxAge: SECONDS });
}

/** Whom this member deleted last in this browser, if that was just now. */
export async function readDeleted(ownerId: string): Promise<ContactInput | null> {
  const value = (await cookies()).get(DELETED_COOKIE)?.value;
  if (value === undefined) return null;
  try {
    const [owner, input] = JSON.parse(Buffer.from(value, 'base64url').toString()) as unknown[];
    const parsed = contactInputSchema.safeParse(input);
    return parsed.success && owner === ownerId ? parsed.data : null;
  } catch {
    return null;
  }
}

export async function forgetDeleted(): Promise<void> {
  (await cookies()).set(DELETED_COOKIE, '', { ...cookieOptions(), path: PATH, maxAge: 0 });
}
