import 'server-only';
import { PrismaAdapter } from '@auth/prisma-adapter';
import type { Adapter } from 'next-auth/adapters';
import { now } from '../../core/clock';
import { prisma } from '../../core/db';
import type { Prisma, PrismaClient } from '../../generated/prisma/client';
import type { SessionKind } from '../../generated/prisma/enums';
import { findSession } from './queries';

declare module 'next-auth/adapters' {
  interface AdapterUser {
    username: string;
    locale: string;
  }
  interface AdapterSession {
    kind: SessionKind;
    userAgent: string;
    address: string;
  }
}

/**
 * The adapter of Auth.js, over the whole database or one transaction. A session and its user are read in
 * one statement, which Prisma's own way would make two.
 */
export function authAdapter(
  client: PrismaClient | Prisma.TransactionClient = prisma(),
): Required<Pick<Adapter, 'createUser' | 'updateUser' | 'deleteUser' | 'createSession' | 'deleteSession'>> &
  Adapter {
  // Its types name the client of Prisma's old generator; it only calls what both have.
  const standard = PrismaAdapter(client as unknown as Parameters<typeof PrismaAdapter>[0]);
  return {
    ...(standard as Required<Adapter>),
    getSessionAndUser: async (token) => {
      const found = await findSession(token, now());
      if (!found) return null;
      const { user, ...session } = found;
      return { user, session: { ...session, sessionToken: token, userId: user.id } };
    },
  };
}
