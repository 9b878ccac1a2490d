import { expect, test } from './fixtures';
import { PASSWORD } from './support/accounts';
import { Api } from './support/api';
import { type Cleanup, createDatabase, serviceVariables, startBlobStore, startMount } from './support/mounts';
import { type ResendMode, type ResendStandIn, startResendStandIn } from './support/resend-stand-in';
import { query } from './support/storage';

/** The longest response time of a registration. */
const ANSWER_WITHIN_MS = 3_000;

async function startService(name: 'front' | 'next', cleanup: Cleanup) {
  const databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  const resend = await startResendStandIn();
  cleanup.add(() => resend.close());
  const env = {
    ...serviceVariables({ databaseUrl, store }),
    RESEND_API_KEY: resend.apiKey,
    RESEND_BASE_URL: resend.url,
    MAIL_FROM: 'Sheaf <sheaf@example.com>',
    SWEEP_INTERVAL_SECONDS: '1',
  };
  const server = await startMount(name, { env, cleanup });
  return { api: new Api(server.url), databaseUrl, resend };
}

/** Makes mail due that waits for its back-off. */
function makeDue(databaseUrl: string): Promise<unknown> {
  return query(databaseUrl, 'update outbox_mails set due_at = now() where sent_at is null');
}

for (const name of ['front', 'next'] as const) {
  test(`registration does not wait for the mail, which is sent once, on ${name}`, async ({ cleanup }) => {
    test.setTimeout(180_000);
    const { api, databaseUrl, resend } = await startService(name, cleanup);
    const register = (name: string) =>
      api.post('/api/v1/auth/register', {
        email: `${name}@example.com`,
        username: `mail-${name}`,
        password: PASSWORD,
      });
    // Not measured: the first request of a process also loads code.
    await register('first');
    const modes: ResendMode[] = ['500', 'hang', 'ok'];
    for (const mode of modes) {
      resend.fail(mode);
      const before = resend.asked();
      const start = performance.now();
      const answer = await register(mode);
      expect(answer.status, mode).toBe(201);
      expect(performance.now() - start, mode).toBeLessThan(ANSWER_WITHIN_MS);
      // A delivery that still waits for a silent provider goes first.
      const tries = { message: `a try while ${mode}`, timeout: 30_000 };
      await expect.poll(() => resend.asked(), tries).toBeGreaterThan(before);
    }
    await deliverAll({ api, databaseUrl, resend });
    const recipients = resend.accepted.map((mail) => mail.to[0]).sort();
    expect(recipients).toEqual(['500', 'first', 'hang', 'ok'].map((recipient) => `${recipient}@example.com`));
    expect(new Set(resend.accepted.map((mail) => mail.idempotencyKey)).size).toBe(4);
  });
}

async function deliverAll(service: { api: Api; databaseUrl: string; resend: ResendStandIn }): Promise<void> {
  const { api, databaseUrl } = service;
  await expect
    .poll(
      async () => {
        await makeDue(databaseUrl);
        await api.get('/api/cron/sweep', { authorization: 'Bearer a cron secret for tests' });
        const [left] = await query<{ count: number }>(
          databaseUrl,
          'select count(*)::int from outbox_mails where sent_at is null',
        );
        return left?.count;
      },
      { timeout: 60_000 },
    )
    .toBe(0);
}
