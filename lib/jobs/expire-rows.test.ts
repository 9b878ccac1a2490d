import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { prisma } from '../core/prisma';
import { EXPIRIES } from './expire-rows';

useTestDatabase();

async function expireRows(now: Date): Promise<number> {
  let total = 0;
  for (const expire of EXPIRIES) total += await expire(now);
  return total;
}

const NOW = new Date('2026-03-01T12:00:00.000Z');
const hours = (count: number) => new Date(NOW.getTime() - count * 3_600_000);

let count = 0;

function addUser(data: { createdAt: Date; emailVerified: Date | null }) {
  count += 1;
  return prisma().user.create({
    data: { email: `u${count}@example.com`, username: `user${count}`, ...data },
    select: { id: true },
  });
}

it('removes what has expired, and nothing else', async () => {
  const member = await addUser({ createdAt: hours(9_999), emailVerified: hours(9_998) });
  const fresh = await addUser({ createdAt: hours(23.9), emailVerified: null });
  const stale = await addUser({ createdAt: hours(24.1), emailVerified: null });
  const userId = member.id;
  await prisma().session.createMany({
    data: [
      { sessionToken: 'over', userId, expires: hours(0.01) },
      { sessionToken: 'on', userId, expires: hours(-1) },
    ],
  });
  const token = { userId, purpose: 'reset_password', email: 'u1@example.com' } as const;
  await prisma().mailToken.createMany({
    data: [
      { ...token, hash: Buffer.from('old'), expiresAt: hours(25) },
      // Its page still shows that it has expired.
      { ...token, hash: Buffer.from('late'), expiresAt: hours(23) },
    ],
  });
  await prisma().personalToken.createMany({
    data: [
      { userId, name: 'old', hash: Buffer.from('a'), expiresAt: hours(25) },
      { userId, name: 'for good', hash: Buffer.from('b'), expiresAt: null },
    ],
  });
  await prisma().securityEvent.createMany({
    data: [
      { userId, kind: 'signed_in', createdAt: hours(366 * 24) },
      { userId, kind: 'signed_in', createdAt: hours(364 * 24) },
    ],
  });
  await prisma().idempotentRequest.createMany({
    data: [
      { scope: Buffer.from('old'), request: Buffer.from('r'), createdAt: hours(24.1) },
      { scope: Buffer.from('kept'), request: Buffer.from('r'), createdAt: hours(23.9) },
    ],
  });
  await prisma().contactImport.createMany({
    data: [
      { ownerId: userId, name: 'old.csv', bytes: Buffer.from('a'), expiresAt: hours(0.01) },
      { ownerId: userId, name: 'new.csv', bytes: Buffer.from('b'), expiresAt: hours(-1) },
    ],
  });

  await prisma().usedInvitation.createMany({
    data: [
      { hash: Buffer.from('old'), until: hours(0.01) },
      { hash: Buffer.from('valid'), until: hours(-1) },
    ],
  });

  const waiting = await addUser({ createdAt: hours(24.1), emailVerified: null });
  await prisma().mailToken.create({
    data: {
      ...token,
      purpose: 'verify_email',
      userId: waiting.id,
      hash: Buffer.from('w'),
      expiresAt: hours(-23),
    },
  });

  expect(await expireRows(NOW)).toBe(8);

  const ids = (await prisma().user.findMany({ select: { id: true } })).map(({ id }) => id);
  expect(ids.sort()).toEqual([member.id, fresh.id, waiting.id].sort());
  expect(ids).not.toContain(stale.id);
  expect(await prisma().session.findMany({ select: { sessionToken: true } })).toEqual([
    { sessionToken: 'on' },
  ]);
  expect(await prisma().mailToken.count()).toBe(2);
  expect(await prisma().personalToken.findMany({ select: { name: true } })).toEqual([{ name: 'for good' }]);
  expect(await prisma().securityEvent.count()).toBe(1);
  expect(await prisma().idempotentRequest.findMany({ select: { scope: true } })).toEqual([
    { scope: Uint8Array.from(Buffer.from('kept')) },
  ]);
  expect(await prisma().usedInvitation.findMany({ select: { until: true } })).toEqual([{ until: hours(-1) }]);
  expect(await prisma().contactImport.findMany({ select: { name: true } })).toEqual([{ name: 'new.csv' }]);
  expect(await expireRows(NOW)).toBe(0);
});
