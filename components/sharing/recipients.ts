import type { SHARE_ROLES } from '@/lib/sharing/schema';
import { contactField } from './contact-field';

export type ShareRole = (typeof SHARE_ROLES)[number];

/** One of those whom the author is about to share with. */
export interface Recipient {
  /** Of a contact; null for an address that was typed. */
  contactId: string | null;
  name: string;
  email: string;
  role: ShareRole;
}

/** Only what looks like an address at first sight; the server decides. */
const ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/;
const NAMED = /<\s*([^<>\s]+)\s*>/;
const SEPARATORS = /[,;\n\r\t]+/;
/** Longer texts are not looked at. */
const MAX_TYPED = 40_000;

export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** The addresses in a typed or pasted list, which may be in angle brackets after a name; the rest as it was. */
export function splitAddresses(text: string): { addresses: string[]; rest: string[] } {
  if (text.length > MAX_TYPED) return { addresses: [], rest: [text] };
  const addresses: string[] = [];
  const rest: string[] = [];
  for (const part of text.split(SEPARATORS)) {
    const named = NAMED.exec(part)?.[1] ?? '';
    for (const word of isAddress(named) ? [named] : part.split(/\s+/)) {
      if (isAddress(word)) addresses.push(word);
      else if (word !== '') rest.push(word);
    }
  }
  return { addresses, rest };
}

/** The list with more recipients, each address once; `max` of them at most. */
export function addRecipients(
  before: readonly Recipient[],
  added: readonly Recipient[],
  max: number,
): { recipients: Recipient[]; left: Recipient[] } {
  const recipients = [...before];
  const left: Recipient[] = [];
  for (const one of added) {
    if (recipients.some(({ email }) => email.toLowerCase() === one.email.toLowerCase())) continue;
    (recipients.length < max ? recipients : left).push(one);
  }
  return { recipients, left };
}

/** The form that `sharePasteAction` reads. */
export function toShareForm(
  recipients: readonly Recipient[],
  { notify, tellTitle }: { notify: boolean; tellTitle: boolean },
): FormData {
  const form = new FormData();
  const typed = (role: ShareRole) =>
    recipients.flatMap((one) => (one.contactId === null && one.role === role ? one.email : [])).join('\n');
  form.set('addresses', typed('reader'));
  form.set('editors', typed('editor'));
  form.set('role', 'reader');
  for (const { contactId, role } of recipients)
    if (contactId !== null) form.set(contactField(contactId), role);
  if (notify) form.set('notify', 'on');
  if (tellTitle) form.set('tell_title', 'on');
  return form;
}
