import 'server-only';
import { randomBytes } from 'node:crypto';
import type { Member, UserRecord } from '../../core/caller';
import { now } from '../../core/clock';
import { AppError, invalidField } from '../../core/errors';
import { hashToken } from '../../core/keys';
import { expiryOf } from '../../core/lifetime';
import { prisma } from '../../core/prisma';
import type { Prisma } from '../../generated/prisma/client';
import { recordEvent } from '../sessions/events';
import { requireSessionRow } from '../sessions/service';
import { lockUser } from '../users/lock';
import { USER_SELECT } from '../users/queries';
import {
  type CreatePersonalToken,
  MAX_PERSONAL_TOKENS,
  type PersonalTokenDto,
  SCOPES,
  type Scope,
} from './schema';

const PREFIX = 'sheaf_';
const SHAPE = /^sheaf_[A-Za-z0-9_-]{43}$/;
const USED_EVERY_MS = 60_000;

const LISTED = {
  id: true,
  name: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
} satisfies Prisma.PersonalTokenSelect;

export interface PersonalTokenUse {
  user: UserRecord;
  scopes: readonly Scope[];
}

/** Whether a credential is a personal token rather than an access token. */
export function isPersonalToken(credential: string): boolean {
  return credential.startsWith(PREFIX);
}

/**
 * Creates a token; only this answer contains it, as `token`. Only admins can grant the scope `admin`.
 * @throws AppError conflict, validation_failed
 */
export async function createPersonalToken(
  caller: Member,
  input: CreatePersonalToken,
): Promise<PersonalTokenDto> {
  const { user, sessionId } = caller;
  const userId = user.id;
  const at = now();
  const expiresAt = expiryOf(input.expires_in, at) ?? null;
  const token = PREFIX + randomBytes(32).toString('base64url');
  const row = await prisma().$transaction(async (tx) => {
    await lockUser(tx, userId);
    await requireSessionRow(tx, sessionId);
    if (input.scopes.includes('admin')) await requireAdmin(tx, userId);
    if ((await tx.personalToken.count({ where: { userId } })) >= MAX_PERSONAL_TOKENS) {
      throw new AppError('conflict', { detail: `At most ${MAX_PERSONAL_TOKENS} tokens: revoke one first.` });
    }
    await recordEvent(tx, userId, { kind: 'token_created', caller });
    return tx.personalToken.create({
      data: {
        userId,
        name: input.name,
        scopes: input.scopes,
        hash: hashToken(token),
        createdAt: at,
        expiresAt,
      },
      select: LISTED,
    });
  });
  return { ...toDto(row), token };
}

async function requireAdmin(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  if ((await tx.user.count({ where: { id: userId, role: 'admin' } })) > 0) return;
  throw invalidField('scopes', 'scope_admins_only');
}

export async function listPersonalTokens(userId: string): Promise<PersonalTokenDto[]> {
  const rows = await prisma().personalToken.findMany({
    where: { userId },
    orderBy: { createdAt: 'desc' },
    select: LISTED,
  });
  return rows.map(toDto);
}

/** @throws AppError not_found */
export async function revokePersonalToken(userId: string, id: string): Promise<void> {
  const { count } = await prisma().personalToken.deleteMany({ where: { id, userId } });
  if (count === 0) throw new AppError('not_found');
}

/** The owner and the scopes of a valid token; null for any other. */
export async function findPersonalToken(token: string): Promise<PersonalTokenUse | null> {
  if (!SHAPE.test(token)) return null;
  const at = now();
  const row = await prisma().personalToken.findUnique({
    where: { hash: hashToken(token) },
    select: { id: true, scopes: true, expiresAt: true, lastUsedAt: true, user: { select: USER_SELECT } },
  });
  if (!row || row.user.bannedAt !== null || row.user.emailVerified === null) return null;
  if (row.expiresAt !== null && row.expiresAt <= at) return null;
  if (row.lastUsedAt === null || at.getTime() - row.lastUsedAt.getTime() > USED_EVERY_MS) {
    prisma()
      .personalToken.updateMany({ where: { id: row.id }, data: { lastUsedAt: at } })
      .catch(() => {});
  }
  return { user: row.user, scopes: SCOPES.filter((scope) => row.scopes.includes(scope)) };
}

function toDto(row: Prisma.PersonalTokenGetPayload<{ select: typeof LISTED }>): PersonalTokenDto {
  return {
    id: row.id,
    name: row.name,
    scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt?.toISOString() ?? null,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
  };
}
