import 'server-only';
import { PrismaAdapter } from '@auth/prisma-adapter';
import type { Adapter } from 'next-auth/adapters';
import { now } from '../../core/clock';
import { prisma } from '../../core/prisma';
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
 * The Auth.js adapter, on the client or within one transaction. It reads a session and its user in one
 * statement; Prisma's own adapter takes two.
 */
export function authAdapter(
  client: PrismaClient | Prisma.TransactionClient = prisma(),
): Required<Pick<Adapter, 'createUser' | 'updateUser' | 'deleteUser' | 'createSession' | 'deleteSession'>> &
  Adapter {
  // Typed for the client of Prisma's old generator, but it calls only methods that both clients have.
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
