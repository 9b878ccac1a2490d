import type { ShareRole } from '@/lib/sharing/roles';
import { contactField } from './contact-field';
import { MAX_TYPED, splitTyped } from './typed-addresses';

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

export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** The addresses in a typed or pasted list, and the rest of it. */
export function splitAddresses(text: string): { addresses: string[]; rest: string[] } {
  if (text.length > MAX_TYPED) return { addresses: [], rest: [text] };
  const words = splitTyped(text);
  return { addresses: words.filter(isAddress), rest: words.filter((word) => !isAddress(word)) };
}

/**
 * The list with more recipients, each address once, without those of `shared`, whom the paste is shared with already;
 * `max` of them at most.
 */
export function addRecipients(
  before: readonly Recipient[],
  added: readonly Recipient[],
  { shared, max }: { shared: readonly { email: string }[]; max: number },
): { recipients: Recipient[]; left: Recipient[]; known: Recipient[] } {
  const recipients = [...before];
  const left: Recipient[] = [];
  const known: Recipient[] = [];
  const has = (list: readonly { email: string }[], one: Recipient) =>
    list.some(({ email }) => email.toLowerCase() === one.email.toLowerCase());
  for (const one of added) {
    if (has(recipients, one)) continue;
    if (has(shared, one)) known.push(one);
    else (recipients.length < max ? recipients : left).push(one);
  }
  return { recipients, left, known };
}

/** The form that `shareByForm` reads. */
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
