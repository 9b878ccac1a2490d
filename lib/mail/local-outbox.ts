import 'server-only';
import { headers } from 'next/headers';
import { clientAddressOf } from '../entry';
import { env } from '../env';
import { AppError } from '../errors';
import { isMailerLocal } from './chosen-mailer';
import { type LocalMail, listLocalMails } from './local';
import { mayOpenOutbox } from './outbox-access';

/** The newest mails that stayed here, for a page. Throws `not_found` where there is no such page. */
export async function getOutboxOrThrow(limit: number): Promise<LocalMail[]> {
  if (!(await isOutboxOpen())) throw new AppError('not_found');
  return listLocalMails(env().MAIL_DIR, limit);
}

/** Whether the request under way may see the outbox. */
export async function isOutboxOpen(): Promise<boolean> {
  const asked = await headers();
  return mayOpenOutbox({
    isMailerLocal: isMailerLocal(),
    appUrl: env().APP_URL,
    bindHost: env().HOST,
    clientAddress: clientAddressOf(asked),
    hostHeader: asked.get('host'),
  });
}
