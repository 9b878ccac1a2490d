import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ResendStandIn, startResendStandIn } from '@/e2e/support/resend-stand-in';
import { useTestDatabase } from '@/test/test-env';
import { setClock } from '../core/clock';
import { logger } from '../core/logger';
import { prisma } from '../core/prisma';
import { deliverOutbox, removeOldMail } from './deliver';
import { deliverSoon, queueMail } from './outbox';
import type { MailContent } from './templates/content';

// So that the tests do not wait as long as a provider may take.
vi.mock('./mailer', async (importOriginal) => ({
  ...(await importOriginal<typeof import('./mailer')>()),
  SEND_WITHIN_MS: 1_500,
}));

let standIn: ResendStandIn;

useTestDatabase({ MAIL_FROM: 'Sheaf <sheaf@example.org>' });

beforeAll(async () => {
  standIn = await startResendStandIn();
  process.env.RESEND_API_KEY = standIn.apiKey;
  process.env.RESEND_BASE_URL = standIn.url;
});
afterAll(() => standIn.close());

beforeEach(async () => {
  standIn.fail('ok');
  standIn.accepted.length = 0;
  await prisma().outboxMail.deleteMany();
});

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const later = (ms: number) => new Date(Date.now() + ms);
const deliver = (afterMs = 0) => deliverOutbox({ now: later(afterMs), budgetMs: 20_000 });
const onlyRow = () => prisma().outboxMail.findFirstOrThrow();

async function queue(to = 'ada@example.org', content?: MailContent): Promise<void> {
  const verification: MailContent = { template: 'verify_email', username: 'ada', token: 'token-of-ada' };
  await prisma().$transaction((tx) =>
    queueMail(tx, { userId: null, to, locale: 'en', content: content ?? verification }),
  );
}

describe('queueMail', () => {
  it('queues nothing when the change it belongs to is rolled back', async () => {
    const change = prisma().$transaction(async (tx) => {
      await queueMail(tx, {
        userId: null,
        to: 'ada@example.org',
        locale: 'en',
        content: { template: 'account_exists', username: 'ada' },
      });
      expect(await tx.outboxMail.count()).toBe(1);
      throw new Error('changed our mind');
    });
    await expect(change).rejects.toThrow('changed our mind');
    expect(await prisma().outboxMail.count()).toBe(0);
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
  });

  it('keeps neither address nor token readable, and is due from the moment of the clock', async () => {
    const moment = new Date('2026-01-02T03:04:05.678Z');
    const restoreClock = setClock(() => moment);
    await queue('ada@example.org');
    restoreClock();
    const row = await onlyRow();
    const stored = JSON.stringify(row);
    const decoded = row.sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    for (const secret of ['ada', 'example.org', 'token']) {
      expect(stored.toLowerCase()).not.toContain(secret);
      expect(decoded.join()).not.toContain(secret);
    }
    expect(row).toMatchObject({ template: 'verify_email', dueAt: moment, createdAt: moment, attempts: 0 });
  });
});

describe('deliverOutbox', () => {
  it('sends due mail once, under the id of its row, and deletes its content', async () => {
    await queue();
    const { id } = await onlyRow();
    expect(await deliver()).toEqual({ sent: 1, failed: 0 });
    expect(await deliver(DAY)).toEqual({ sent: 0, failed: 0 });
    expect(standIn.accepted).toMatchObject([
      { idempotencyKey: id, to: ['ada@example.org'], from: 'Sheaf <sheaf@example.org>' },
    ]);
    expect(standIn.accepted[0]?.text).toContain('http://localhost:3000/verify-email?token=token-of-ada');
    expect(await onlyRow()).toMatchObject({ sealed: '', sentAt: expect.any(Date), lastError: null });
  });

  it('sends each mail once when deliveries overlap', async () => {
    const before = standIn.asked();
    const names = Array.from({ length: 21 }, (_, index) => `user${index}@example.org`);
    for (const name of names) await queue(name);
    const totals = await Promise.all([deliver(), deliver(), deliver()]);
    expect(totals.reduce((sum, { sent }) => sum + sent, 0)).toBe(21);
    expect(standIn.asked() - before).toBe(21);
    expect(standIn.accepted.flatMap(({ to }) => to).sort()).toEqual(names.sort());
  });

  it('tries again later and later after a failure, until it works', async () => {
    await queue();
    standIn.fail('500');
    expect(await deliver()).toEqual({ sent: 0, failed: 1 });
    const first = await onlyRow();
    expect(first).toMatchObject({ attempts: 1, sentAt: null, abandonedAt: null });
    expect(first.lastError).toMatch(/500/);
    expect(await deliver(20 * SECOND)).toEqual({ sent: 0, failed: 0 });

    expect(await deliver(40 * SECOND)).toEqual({ sent: 0, failed: 1 });
    const second = await onlyRow();
    expect(second.dueAt.getTime() - Date.now()).toBeGreaterThan(90 * SECOND);

    standIn.fail('ok');
    expect(await deliver(5 * 60 * SECOND)).toEqual({ sent: 1, failed: 0 });
    expect(standIn.accepted).toHaveLength(1);
    expect(await onlyRow()).toMatchObject({ attempts: 3, lastError: null });
  });

  it('waits an hour at most, and gives up after three days', async () => {
    await queue();
    standIn.fail('500');
    await prisma().outboxMail.updateMany({ data: { attempts: 40 } });
    await deliver();
    const wait = (await onlyRow()).dueAt.getTime() - Date.now();
    expect(wait).toBeGreaterThan(HOUR - 60 * SECOND);
    expect(wait).toBeLessThanOrEqual(HOUR);

    expect(await deliver(3 * DAY + HOUR)).toEqual({ sent: 0, failed: 1 });
    expect(await onlyRow()).toMatchObject({ abandonedAt: expect.any(Date), sealed: '' });
    standIn.fail('ok');
    expect(await deliver(5 * DAY)).toEqual({ sent: 0, failed: 0 });
  });

  it('sends one mail for a delivery that was killed before it was recorded', async () => {
    await queue();
    const { sealed, dueAt } = await onlyRow();
    await deliver();
    await prisma().outboxMail.updateMany({ data: { sealed, dueAt, sentAt: null } });
    const before = standIn.asked();
    expect(await deliver()).toEqual({ sent: 1, failed: 0 });
    expect(standIn.asked() - before).toBe(1);
    expect(standIn.accepted).toHaveLength(1);
  });

  it('leaves a claimed email alone for a minute', async () => {
    await queue();
    standIn.fail('hang');
    const before = standIn.asked();
    const slow = deliver();
    await expect.poll(() => standIn.asked() - before).toBe(1);
    standIn.fail('ok');
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
    // The one that was left behind is over its time when the next one comes, and does not undo its work.
    expect(await deliver(61 * SECOND)).toEqual({ sent: 1, failed: 0 });
    expect(await slow).toEqual({ sent: 0, failed: 1 });
    expect(await onlyRow()).toMatchObject({ sentAt: expect.any(Date), lastError: null, attempts: 2 });
  });

  it('gives up on mail that no secret decrypts, and continues with the rest', async () => {
    await queue();
    const lost = await onlyRow();
    await prisma().outboxMail.updateMany({ data: { sealed: 'sealed.by.another.secret.entirely' } });
    await queue('eve@example.org');
    expect(await deliver()).toEqual({ sent: 1, failed: 1 });
    const row = await prisma().outboxMail.findUniqueOrThrow({ where: { id: lost.id } });
    expect(row).toMatchObject({
      abandonedAt: expect.any(Date),
      lastError: expect.stringMatching(/AUTH_SECRET/),
    });
    expect(await deliver(DAY)).toEqual({ sent: 0, failed: 0 });
  });

  it('gives up at once what the provider refuses for good, and logs the reason without the address', async () => {
    await queue();
    standIn.fail('422');
    const error = vi.spyOn(logger(), 'error');
    expect(await deliver()).toEqual({ sent: 0, failed: 1 });
    const row = await onlyRow();
    expect(row).toMatchObject({ abandonedAt: expect.any(Date), sealed: '', attempts: 1 });
    expect(row.lastError).toBe('Resend: 422 validation_error');
    expect(error.mock.calls).toEqual([
      [{ mail: row.id, attempts: 1, reason: 'Resend: 422 validation_error' }, 'a mail was given up'],
    ]);
    error.mockRestore();
    standIn.fail('ok');
    expect(await deliver(DAY)).toEqual({ sent: 0, failed: 0 });
    expect(standIn.accepted).toEqual([]);
  });

  it.each(['403', '429', '500'] as const)('tries again after an error %s', async (mode) => {
    await queue();
    standIn.fail(mode);
    expect(await deliver()).toEqual({ sent: 0, failed: 1 });
    expect(await onlyRow()).toMatchObject({ abandonedAt: null, sealed: expect.stringMatching(/./) });
    standIn.fail('ok');
    expect(await deliver(40 * SECOND)).toEqual({ sent: 1, failed: 0 });
  });

  it('records the failure in one line without addresses', async () => {
    await queue('unknown-user');
    await deliver();
    const { lastError } = await onlyRow();
    expect(lastError).toMatch(/422/);
    expect(lastError).not.toMatch(/\n|unknown-user|token-of-ada/);
  });

  it('begins nothing without a budget', async () => {
    await queue();
    expect(await deliverOutbox({ now: later(0), budgetMs: 0 })).toEqual({ sent: 0, failed: 0 });
    expect((await onlyRow()).attempts).toBe(0);
  });
});

describe('deliverSoon', () => {
  it('sends queued mail, including mail that is queued during a delivery', async () => {
    await queue('first@example.org');
    standIn.fail('hold');
    const before = standIn.asked();
    deliverSoon();
    await expect.poll(() => standIn.asked() - before).toBe(1);
    await queue('second@example.org');
    deliverSoon();
    expect(standIn.asked() - before).toBe(1);
    standIn.fail('ok');
    await expect
      .poll(() => standIn.accepted.flatMap(({ to }) => to).sort())
      .toEqual(['first@example.org', 'second@example.org']);
    await expect.poll(() => prisma().outboxMail.count({ where: { sentAt: null } })).toBe(0);
  });
});

describe('removeOldMail', () => {
  it('forgets sent mail after a week, abandoned after a month, and waiting mail never', async () => {
    const at = (days: number) => later(-days * DAY);
    const kept = [{ sentAt: at(6) }, { abandonedAt: at(29) }, { createdAt: at(90) }];
    const gone = [{ sentAt: at(8) }, { abandonedAt: at(31) }];
    const rows = [...kept, ...gone].map((row) => ({
      id: randomUUID(),
      template: 'account_exists',
      sealed: '',
      ...row,
    }));
    await prisma().outboxMail.createMany({ data: rows });
    expect(await removeOldMail(later(0))).toBe(2);
    const left = await prisma().outboxMail.findMany({ select: { id: true } });
    const keptIds = rows.slice(0, kept.length).map(({ id }) => id);
    expect(left.map(({ id }) => id).sort()).toEqual(keptIds.sort());
  });
});
