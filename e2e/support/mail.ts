import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'playwright/test';

/** A mail as the local mailer keeps it. */
export interface KeptMail {
  id: string;
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  sentAt: string;
}

/** Everything that was mailed to an address, oldest first. */
export async function mailsTo(mailFolder: string, address: string): Promise<KeptMail[]> {
  const names = await readdir(mailFolder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).sort();
  const mails = await Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join(mailFolder, name), 'utf8')) as KeptMail),
  );
  return mails.filter((mail) => mail.to === address.toLowerCase());
}

/** The mail number `count` to an address; waits until it has been sent. */
export async function waitForMail(mailFolder: string, address: string, count = 1): Promise<KeptMail> {
  let mails: KeptMail[] = [];
  await expect
    .poll(
      async () => {
        mails = await mailsTo(mailFolder, address);
        return mails.length;
      },
      { message: `mail ${count} to ${address}` },
    )
    .toBeGreaterThanOrEqual(count);
  const mail = mails[count - 1];
  if (!mail) throw new Error('unreachable: it was just counted');
  return mail;
}

/** The link to one of our pages that a mail carries, as in `linkIn(mail, '/verify-email')`. */
export function linkIn(mail: KeptMail, path: string): URL {
  const found = mail.text.match(/https?:\/\/\S+/g)?.find((link) => new URL(link).pathname === path);
  if (!found) throw new Error(`No link to ${path} in “${mail.subject}”:\n${mail.text}`);
  return new URL(found);
}

export function tokenIn(mail: KeptMail, path: string): string {
  const token = linkIn(mail, path).searchParams.get('token');
  if (!token) throw new Error(`No token in “${mail.subject}”`);
  return token;
}
