import 'server-only';
import { prisma } from '../../core/prisma';
import type { Prisma } from '../../generated/prisma/client';

const MAX_LISTED = 100;

const LISTED = {
  id: true,
  kind: true,
  createdAt: true,
  lastSeenAt: true,
  expires: true,
  userAgent: true,
  address: true,
} satisfies Prisma.SessionSelect;

export type SessionRecord = Prisma.SessionGetPayload<{ select: typeof LISTED }>;

/** A user's active sessions, the most recently seen first. */
export function listSessions(userId: string, now: Date): Promise<SessionRecord[]> {
  return prisma().session.findMany({
    where: { userId, expires: { gt: now } },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    select: LISTED,
    take: MAX_LISTED,
  });
}

const EVENT = {
  id: true,
  kind: true,
  createdAt: true,
  userAgent: true,
  address: true,
} satisfies Prisma.SecurityEventSelect;

export type SecurityEventRecord = Prisma.SecurityEventGetPayload<{ select: typeof EVENT }>;

/** Security events of an account, newest first. */
export function listSecurityEvents(userId: string): Promise<SecurityEventRecord[]> {
  return prisma().securityEvent.findMany({
    where: { userId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: EVENT,
    take: MAX_LISTED,
  });
}
