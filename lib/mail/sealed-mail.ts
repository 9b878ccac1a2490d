import 'server-only';
import { seal, unseal } from '../core/sealed';
import type { MailContent } from './templates/content';

export interface SealedMail {
  to: string;
  locale: string;
  content: MailContent;
}

/** Encrypts a mail for the time it waits in the database. */
export function sealMail(mail: SealedMail): Promise<string> {
  return seal('outbox', JSON.stringify(mail));
}

/** Decrypts the result of `sealMail`. Null if no secret can decrypt it. */
export async function unsealMail(sealed: string): Promise<SealedMail | null> {
  const text = await unseal('outbox', sealed);
  // GCM authenticates it: only a holder of the key could have written it.
  return text === null ? null : (JSON.parse(text) as SealedMail);
}
