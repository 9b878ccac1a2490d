import 'server-only';
import { headers } from 'next/headers';
import { env } from '@/lib/core/env';
import { AppError } from '@/lib/core/errors';
import { clientAddressOf } from '@/lib/core/http/client-address';
import { isMailerLocal } from '@/lib/mail/chosen-mailer';
import { type LocalMail, listLocalMails } from '@/lib/mail/local';
import { mayOpenOutbox } from '@/lib/mail/outbox-access';

/** The newest local mails, for a page. Throws `not_found` if there is no local outbox. */
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
