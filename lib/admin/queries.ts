import 'server-only';
import { toUserDto } from '../accounts/users/dto';
import { USER_SELECT } from '../accounts/users/queries';
import { AppError, invalidField } from '../core/errors';
import { cutPage, type Page } from '../core/pagination';
import { prisma } from '../core/prisma';
import { isUuid } from '../core/uuid';
import type { Prisma } from '../generated/prisma/client';
import type { ListUsers, ManagedUserDto } from './schema';

const MANAGED = (now: Date) =>
  ({
    ...USER_SELECT,
    _count: {
      select: {
        pastes: { where: { deletedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] } },
        sessions: { where: { expires: { gt: now } } },
      },
    },
  }) satisfies Prisma.UserSelect;

type ManagedRow = Prisma.UserGetPayload<{ select: ReturnType<typeof MANAGED> }>;

/** All users, newest first. The caller checks permission. */
export async function listUsers(filter: ListUsers, now: Date): Promise<Page<ManagedUserDto>> {
  const { q, role, limit, cursor } = filter;
  const contains = q ? { contains: q.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const } : undefined;
  const after = cursor === undefined ? undefined : await findCursor(cursor);
  const rows = await prisma().user.findMany({
    where: {
      ...(role ? { role } : {}),
      AND: [
        contains ? { OR: [{ email: contains }, { username: contains }, { name: contains }] } : {},
        after
          ? {
              OR: [
                { createdAt: { lt: after.createdAt } },
                { createdAt: after.createdAt, id: { lt: after.id } },
              ],
            }
          : {},
      ],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    select: MANAGED(now),
  });
  const { items, last } = cutPage(rows, limit);
  return { items: items.map(toManagedUserDto), nextCursor: last?.id ?? null };
}

/** @throws AppError not_found */
export async function getUserOrThrow(
  id: string,
  now: Date,
  db: Prisma.TransactionClient = prisma(),
): Promise<ManagedUserDto> {
  const row = await db.user.findUnique({ where: { id }, select: MANAGED(now) });
  if (!row) throw new AppError('not_found');
  return toManagedUserDto(row);
}

async function findCursor(id: string): Promise<{ id: string; createdAt: Date }> {
  const row = isUuid(id)
    ? await prisma().user.findUnique({ where: { id }, select: { id: true, createdAt: true } })
    : null;
  if (row) return row;
  throw invalidField('cursor', 'cursor_unknown');
}

function toManagedUserDto({ _count, ...user }: ManagedRow): ManagedUserDto {
  return {
    ...toUserDto(user),
    banned_at: user.bannedAt?.toISOString() ?? null,
    pastes: _count.pastes,
    sessions: _count.sessions,
  };
}
