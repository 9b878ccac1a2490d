import { emailSchema } from '@/lib/core/email-schema';
import { SHARE_ROLES } from '@/lib/sharing/roles';
import { splitTyped } from './typed-addresses';

const CONTACT_FIELD = /^contact\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The contacts that are chosen in a form, each once; `role` is null where their box is only ticked. */
export function readContacts(form: FormData): { id: string; role: string | null }[] {
  const roles = new Map<string, string | null>();
  for (const [name, value] of form) {
    const id = CONTACT_FIELD.exec(name)?.[1];
    if (id !== undefined) roles.set(id, SHARE_ROLES.find((role) => role === value) ?? null);
  }
  return [...roles].map(([id, role]) => ({ id, role }));
}

/** Typed email addresses without duplicates; `invalid` as typed. */
export function readAddresses(text: string): { addresses: string[]; invalid: string[] } {
  const addresses = new Set<string>();
  const invalid = new Set<string>();
  for (const typed of splitTyped(text)) {
    const parsed = emailSchema.safeParse(typed);
    if (parsed.success) addresses.add(parsed.data);
    else invalid.add(typed);
  }
  return { addresses: [...addresses], invalid: [...invalid] };
}
