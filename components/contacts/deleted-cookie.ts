import 'server-only';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { type ContactRecord, toContactDto } from '@/lib/contacts/queries';
import { contactInputSchema } from '@/lib/contacts/schema';
import type { DeletedContact } from '@/lib/contacts/service';
import { cookieOptions } from '@/lib/core/http/cookie';
import { seal, unseal } from '@/lib/core/sealed';

/** Holds the contact deleted last, so that the deletion can be undone; the server keeps nothing. */
const DELETED_COOKIE = 'sheaf_deleted_contact';
const PATH = '/contacts';
const SECONDS = 600;
/** Browsers discard larger cookies. */
const MAX_LENGTH = 3_800;

const deletedSchema = contactInputSchema.extend({
  id: z.uuid(),
  favorite: z.boolean(),
  created_at: z.coerce.date(),
  owner: z.uuid(),
});

/** Stores a contact, encrypted, in its owner's browser for ten minutes. One that does not fit cannot be restored. */
export async function rememberDeleted(ownerId: string, contact: ContactRecord): Promise<void> {
  const { updated_at: _, ...kept } = toContactDto(contact);
  const value = await seal('deleted-contact', JSON.stringify({ ...kept, owner: ownerId }));
  if (value.length > MAX_LENGTH) return forgetDeleted();
  (await cookies()).set(DELETED_COOKIE, value, { ...cookieOptions(), path: PATH, maxAge: SECONDS });
}

/** The contact this user deleted last in this browser; null after ten minutes. */
export async function readDeleted(ownerId: string): Promise<DeletedContact | null> {
  const value = (await cookies()).get(DELETED_COOKIE)?.value;
  const text = value === undefined ? null : await unseal('deleted-contact', value);
  if (text === null) return null;
  const parsed = deletedSchema.safeParse(JSON.parse(text));
  if (!parsed.success || parsed.data.owner !== ownerId) return null;
  const { owner: _, ...deleted } = parsed.data;
  return deleted;
}

export async function forgetDeleted(): Promise<void> {
  (await cookies()).set(DELETED_COOKIE, '', { ...cookieOptions(), path: PATH, maxAge: 0 });
}
