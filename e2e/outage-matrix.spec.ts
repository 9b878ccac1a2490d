import { expect, test } from './fixtures';
import type { Answer } from './support/api';
import { expectProblem } from './support/checks';
import { Cleanup, CRON_SECRET } from './support/mounts';
import { OPERATIONS, type Operation, prepareSubjects, type Subjects } from './support/outage-operations';
import { OutageTable } from './support/outage-table';
import { OUTAGES, type Service, startService } from './support/outages';
import { listBodyKeys, query } from './support/storage';

const ANSWER_WITHIN_MS = 3_000;
const RECOVERED_WITHIN_MS = 5_000;

async function expectStoreOfLimitsAsked({ api, upstash }: Service): Promise<void> {
  const countAll = () => [...upstash.values().values()].reduce((sum, count) => sum + Number(count), 0);
  const isAsked = async () => {
    const before = countAll();
    await api.create({ content: 'counted' });
    return countAll() > before;
  };
  await expect.poll(isAsked, { timeout: 2 * RECOVERED_WITHIN_MS }).toBe(true);
}

/** What is written into the table for an answer, which is a success or a whole error of its kind. */
function describeAnswer({ success, shows }: Operation, answer: Answer): string {
  if (answer.status === success) {
    expect(shows?.(answer) ?? true, answer.text).toBe(true);
    return String(success);
  }
  expect(answer.status, answer.text).toBe(503);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  if (!answer.headers.get('content-type')?.startsWith('text/html')) {
    return `503 \`${expectProblem(answer, 503).code}\``;
  }
  expect(answer.text).toContain('Try again');
  return '503, a page';
}

/** Retries what failed, sends the mail that waits, and finds that nothing is lost. */
async function expectRecovered(
  { api, databaseUrl, store, resend }: Service,
  { failed, subjects, deletedKeys }: { failed: Operation[]; subjects: Subjects; deletedKeys: string[] },
): Promise<void> {
  const isReady = async () => (await api.get('/api/ready')).status;
  await expect.poll(isReady, { timeout: RECOVERED_WITHIN_MS }).toBe(200);
  const retried = await Promise.all(
    failed.map(async (operation) => describeAnswer(operation, await operation.send(api, subjects))),
  );
  expect(retried).toEqual(failed.map(({ success }) => String(success)));

  const { email } = subjects.person;
  const deliver = async () => {
    await query(databaseUrl, 'update outbox_mails set due_at = now() where sent_at is null');
    await api.get('/api/cron/sweep', { authorization: `Bearer ${CRON_SECRET}` });
    return resend.accepted.filter(({ to }) => to.includes(email)).length;
  };
  await expect.poll(deliver, { timeout: RECOVERED_WITHIN_MS }).toBe(1);
  expect(await deliver()).toBe(1);
  const named = await query<{ key: string }>(databaseUrl, `select blob_key as key from files`);
  expect(named.filter(({ key }) => !store.objects.has(`bodies/${key}`))).toEqual([]);
  expect(deletedKeys.filter((key) => store.objects.has(`bodies/${key}`))).toEqual([]);
}

const MOUNTS = ['front', 'next'] as const;
const table = new OutageTable(MOUNTS.length * OUTAGES.length * OPERATIONS.length);

for (const mount of MOUNTS) {
  test.describe(mount, () => {
    const cleanup = new Cleanup();
    let service: Service;

    test.beforeAll(async () => {
      service = await startService(mount, cleanup);
      // The first request of a process also loads code.
      const subjects = await prepareSubjects(service);
      for (const { send } of OPERATIONS) await send(service.api, subjects);
    });

    test.afterAll(() => cleanup.run());

    for (const outage of OUTAGES) {
      test(`${outage.service}, ${outage.mode}: each operation answers as documented, and loses nothing`, async () => {
        const { api, databaseUrl } = service;
        const subjects = await prepareSubjects(service);
        if (outage.service === 'limits') await expectStoreOfLimitsAsked(service);
        const deletedKeys = await listBodyKeys(databaseUrl, subjects.deleted.slug);
        const failed: Operation[] = [];

        await outage.begin(service);
        try {
          const cells = await Promise.all(
            OPERATIONS.map(async (operation) => {
              const begun = performance.now();
              const answer = await operation.send(api, subjects);
              const ms = performance.now() - begun;
              if (answer.status !== operation.success) failed.push(operation);
              return { operation: operation.name, answer: describeAnswer(operation, answer), ms };
            }),
          );
          for (const { operation, ms } of cells) expect(ms, operation).toBeLessThan(ANSWER_WITHIN_MS);
          table.check(outage, cells);
          if (cells.some(({ operation, answer }) => operation === 'Delete a paste' && answer === '204'))
            expectProblem(await api.get(`/${subjects.deleted.slug}/raw`), 404, 'not_found');
        } finally {
          await outage.end(service);
        }

        for (const operation of OPERATIONS) {
          if (!operation.effect) continue;
          const { sql, about, nothing, everything } = operation.effect;
          const [row] = await query<{ found: string }>(databaseUrl, sql, [about(subjects)]);
          if (!failed.includes(operation)) expect(row?.found, operation.name).toBe(everything);
          // A statement whose answer is late may still be carried out, but then as a whole.
          else if (outage.mode === 'slow')
            expect([nothing, everything], operation.name).toContain(row?.found);
          else expect(row?.found, operation.name).toBe(nothing);
        }
        await expectRecovered(service, { failed, subjects, deletedKeys });
      });
    }

    test('after all of it, the provider has accepted each mail once', () => {
      const mails = service.resend.accepted.map(({ to, subject }) => `${subject} to ${to.join()}`);
      expect(mails.length).toBeGreaterThanOrEqual(OUTAGES.length);
      expect(mails.filter((mail, index) => mails.indexOf(mail) !== index)).toEqual([]);
    });
  });
}

test.afterAll(() => table.write());
