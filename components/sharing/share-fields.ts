import { emailSchema } from '@/lib/core/email';

const SEPARATORS = /[\s,;]+/;
const CONTACT_FIELD = /^contact\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The name of the box by which a contact is chosen: one for each, so that a form given back has them all. */
export function contactField(id: string): string {
  return `contact.${id}`;
}

/** The contacts that are chosen in a form. */
export function readContactIds(form: FormData): string[] {
  return [...new Set([...form.keys()].flatMap((name) => CONTACT_FIELD.exec(name)?.[1] ?? []))];
}

/** Typed email addresses without duplicates; `invalid` as typed. */
export function readAddresses(text: string): { addresses: string[]; invalid: string[] } {
  const addresses = new Set<string>();
  const invalid = new Set<string>();
  for (const typed of text.split(SEPARATORS)) {
    if (typed === '') continue;
    const parsed = emailSchema.safeParse(typed);
    if (parsed.success) addresses.add(parsed.data);
    else invalid.add(typed);
  }
  return { addresses: [...addresses], invalid: [...invalid] };
}
