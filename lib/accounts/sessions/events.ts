import 'server-only';
import type { Caller, UserRecord } from '../../core/caller';
import { now } from '../../core/clock';
import type { Prisma } from '../../generated/prisma/client';
import type { SecurityEventKind } from '../../generated/prisma/enums';
import { queueMail } from '../../mail/outbox';
import type { SecurityNotice } from '../../mail/templates/content';
import { describeDevice, keptUserAgent } from './origin';

export interface EventFacts {
  kind: SecurityEventKind;
  caller: Caller;
}

/** Records an event that the owner of the account can see. */
export async function recordEvent(
  tx: Prisma.TransactionClient,
  userId: string,
  { kind, caller }: EventFacts,
): Promise<void> {
  await tx.securityEvent.create({
    data: {
      userId,
      kind,
      createdAt: now(),
      userAgent: keptUserAgent(caller.userAgent),
      address: caller.address,
    },
    select: { id: true },
  });
}

/** Records an event and mails a notice to the address that the account had before. */
export async function reportEvent(
  tx: Prisma.TransactionClient,
  user: UserRecord,
  { kind, caller, newEmail }: EventFacts & { kind: SecurityNotice; newEmail?: string },
): Promise<void> {
  await recordEvent(tx, user.id, { kind, caller });
  await queueMail(tx, {
    userId: user.id,
    to: user.email,
    locale: user.locale,
    content: {
      template: 'security_notice',
      username: user.username,
      notice: kind,
      at: now().toISOString(),
      device: describeDevice(caller.userAgent),
      address: caller.address,
      ...(newEmail === undefined ? {} : { newEmail }),
    },
  });
}
