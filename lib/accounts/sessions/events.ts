import 'server-only';
import type { RequestOrigin } from '../../core/actor';
import { now } from '../../core/clock';
import type { Prisma } from '../../generated/prisma/client';
import type { SecurityEventKind } from '../../generated/prisma/enums';
import { queueMail } from '../../mail/outbox';
import type { SecurityNotice } from '../../mail/templates/content';
import type { UserRecord } from '../users/queries';
import { describeDevice, keptUserAgent } from './origin';

export interface EventFacts {
  kind: SecurityEventKind;
  origin: RequestOrigin;
}

/** Records an event that the owner of the account can see. */
export async function recordEvent(
  tx: Prisma.TransactionClient,
  userId: string,
  { kind, origin }: EventFacts,
): Promise<void> {
  await tx.securityEvent.create({
    data: {
      userId,
      kind,
      createdAt: now(),
      userAgent: keptUserAgent(origin.userAgent),
      address: origin.address,
    },
    select: { id: true },
  });
}

/** Records an event and mails a notice to the address that the account had before. */
export async function reportEvent(
  tx: Prisma.TransactionClient,
  user: UserRecord,
  { kind, origin, newEmail }: EventFacts & { kind: SecurityNotice; newEmail?: string },
): Promise<void> {
  await recordEvent(tx, user.id, { kind, origin });
  await queueMail(tx, {
    userId: user.id,
    to: user.email,
    locale: user.locale,
    content: {
      template: 'security_notice',
      username: user.username,
      notice: kind,
      at: now().toISOString(),
      device: describeDevice(origin.userAgent),
      address: origin.address,
      ...(newEmail === undefined ? {} : { newEmail }),
    },
  });
}
