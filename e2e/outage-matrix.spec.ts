import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures';
import { newcomer, PASSWORD } from './support/accounts';
import { type Answer, Api } from './support/api';
import { expectProblem } from './support/checks';
import { newMember } from './support/member';
import {
  Cleanup,
  CRON_SECRET,
  createDatabase,
  makeFolder,
  serviceVariables,
  startBlobStore,
  startFront,
  startNext,
} from './support/mounts';
import { OutageTable } from './support/outage-table';
import { type ResendStandIn, startResendStandIn } from './support/resend-stand-in';
import type { CreatedPaste } from './support/shapes';
import { listBodyKeys, query } from './support/storage';
import { startTcpRelay, type TcpRelay } from './support/tcp-relay';
import { startUpstashStandIn, type UpstashStandIn } from './support/upstash-stand-in';
import type { VercelBlobStandIn } from './support/vercel-blob-stand-in';

const V1 = '/api/v1';
const ANSWER_WITHIN_MS = 3_000;
const RECOVERED_WITHIN_MS = 5_000;
const SLOW_MS = 2_000;
/** Half of the time that Sheaf gives one operation of the store. */
const SLOW_STORE_MS = 1_000;

/** What Postgres answers to a connection that it cannot take: `FATAL 53300`. */
const TOO_MANY_CLIENTS = postgresError({
  S: 'FATAL',
  V: 'FATAL',
  C: '53300',
  M: 'sorry, too many clients already',
});

interface Service {
  api: Api;
  databaseUrl: string;
  store: VercelBlobStandIn;
  resend: ResendStandIn;
  upstash: UpstashStandIn;
  relays: { database: TcpRelay; blobs: TcpRelay; mail: TcpRelay; limits: TcpRelay };
}

interface Outage {
  service: keyof Service['relays'];
  mode: string;
  begin(service: Service): Promise<void> | void;
  end(service: Service): Promise<void> | void;
}

/** An outage that the relay in front of the service makes. */
function cut(service: Outage['service'], mode: string, how: Parameters<TcpRelay['fail']>[0]): Outage {
  return {
    service,
    mode,
    begin: ({ relays }) => relays[service].fail(how),
    end: ({ relays }) => relays[service].fail('ok'),
  };
}

function storeAnswers(mode: string, how: Parameters<VercelBlobStandIn['fail']>[0]): Outage {
  return {
    service: 'blobs',
    mode,
    begin: ({ store }) => store.fail(how),
    end: ({ store }) => store.fail('ok'),
  };
}

// The outages of limits stand apart: for five seconds after one, the store is not asked.
const OUTAGES: Outage[] = [
  cut('limits', 'refused', 'refuse'),
  cut('mail', 'refused', 'refuse'),
  cut('database', 'refused', 'refuse'),
  cut('blobs', 'refused', 'refuse'),
  cut('database', 'hung', 'hang'),
  cut('limits', 'hung', 'hang'),
  cut('mail', 'hung', 'hang'),
  cut('blobs', 'hung', 'hang'),
  cut('database', 'error', 'reject'),
  storeAnswers('error', '500'),
  {
    service: 'limits',
    mode: 'error',
    begin: ({ upstash }) => upstash.fail('500'),
    end: ({ upstash }) => upstash.fail('ok'),
  },
  {
    service: 'mail',
    mode: 'error',
    begin: ({ resend }) => resend.fail('500'),
    end: ({ resend }) => resend.fail('ok'),
  },
  storeAnswers('wrong bytes', 'corrupt'),
  storeAnswers('cut short', 'truncate'),
  cut('mail', 'slow', 'slow'),
  cut('database', 'slow', 'slow'),
  cut('blobs', 'slow', 'slow'),
  cut('limits', 'slow', 'slow'),
];

/** What is read during an outage: it is answered whole, or not at all. */
const CONTENT = {
  paged: 'text that a page shows',
  raw: 'text as it is\n',
  downloaded: 'text as a file\n',
  called: 'text as JSON\n',
  burning: 'text for one reader\n',
} as const;

/** What the operations are about; made before the outage, and never read before. */
interface Subjects {
  paged: CreatedPaste;
  raw: CreatedPaste;
  downloaded: CreatedPaste;
  called: CreatedPaste;
  deleted: CreatedPaste;
  burning: CreatedPaste;
  title: string;
  revealKey: string;
  member: { id: string; email: string };
  person: ReturnType<typeof newcomer>;
}

interface Operation {
  name: string;
  /** The status without an outage. */
  success: number;
  send(api: Api, subjects: Subjects): Promise<Answer>;
  /** Of a read: whether a success has the text that was stored. */
  shows?(answer: Answer): boolean;
  effect?: Effect;
}

/** What an operation stores, as one value: nothing and everything are the only ones that may be found. */
interface Effect {
  sql: string;
  about(subjects: Subjects): string;
  nothing: string;
  everything: string;
}

const OPERATIONS: Operation[] = [
  {
    name: 'Create a paste',
    success: 201,
    send: (api, { title }) => api.post(`${V1}/pastes`, { title, content: 'not to be lost' }),
    effect: {
      sql: `select count(distinct p.id) || ' ' || count(f.id) as found from pastes p
        left join revisions r on r.paste_id = p.id left join files f on f.revision_id = r.id where p.title = $1`,
      about: ({ title }) => title,
      nothing: '0 0',
      everything: '1 1',
    },
  },
  {
    name: 'Read its page',
    success: 200,
    send: (api, { paged }) => api.get(`/${paged.slug}`),
    shows: ({ text }) => text.includes(CONTENT.paged),
  },
  {
    name: 'Read the raw text',
    success: 200,
    send: (api, { raw }) => api.get(`/${raw.slug}/raw`),
    shows: ({ text }) => text === CONTENT.raw,
  },
  {
    name: 'Download it',
    success: 200,
    send: (api, { downloaded }) => api.get(`/${downloaded.slug}/download`),
    shows: ({ text }) => text === CONTENT.downloaded,
  },
  {
    name: 'Read it by the API',
    success: 200,
    send: (api, { called }) => api.get(`${V1}/pastes/${called.slug}?content=1`),
    shows: ({ text }) => contentOf(text) === CONTENT.called,
  },
  {
    name: 'Sign in',
    success: 200,
    send: (api, { member }) => api.post(`${V1}/auth/login`, { email: member.email, password: PASSWORD }),
    effect: {
      sql: 'select count(*)::text as found from sessions where user_id = $1::uuid',
      about: ({ member }) => member.id,
      nothing: '0',
      everything: '1',
    },
  },
  {
    name: 'Register',
    success: 201,
    send: (api, { person }) => api.post(`${V1}/auth/register`, person),
    effect: {
      sql: `select count(u.id) || ' ' || count(c.user_id) || ' ' || count(o.id) as found from users u
        left join credentials c on c.user_id = u.id left join outbox_mails o on o.user_id = u.id where u.email = $1`,
      about: ({ person }) => person.email,
      nothing: '0 0 0',
      everything: '1 1 1',
    },
  },
  {
    name: 'Delete a paste',
    success: 204,
    send: (api, { deleted }) => api.remove(deleted),
    effect: {
      sql: 'select count(*)::text as found from pastes where slug = $1 and deleted_at is null',
      about: ({ deleted }) => deleted.slug,
      nothing: '1',
      everything: '0',
    },
  },
  {
    name: 'Reveal a paste that burns',
    success: 200,
    send: (api, { burning, revealKey }) =>
      api.send(`${V1}/pastes/${burning.slug}/reveal`, {
        method: 'POST',
        headers: { 'idempotency-key': revealKey },
      }),
    shows: ({ text }) => contentOf(text) === CONTENT.burning,
    effect: {
      sql: `select p.reads || ' ' || count(r.*) as found from pastes p left join reveals r on r.paste_id = p.id
        where p.slug = $1 group by p.id`,
      about: ({ burning }) => burning.slug,
      nothing: '0 0',
      everything: '1 1',
    },
  },
  {
    name: 'Sweep',
    success: 200,
    send: (api) => api.get('/api/cron/sweep', { authorization: `Bearer ${CRON_SECRET}` }),
  },
];

/** Of the only file, as the API answers with it. */
function contentOf(text: string): string | undefined {
  const { files } = JSON.parse(text) as { files: { content?: string }[] };
  return files.length === 1 ? files[0]?.content : undefined;
}

function postgresError(fields: Record<string, string>): Buffer {
  const text = Object.entries(fields).map(([code, value]) => `${code}${value}\0`);
  const body = Buffer.from(`${text.join('')}\0`);
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(body.byteLength + 4, 1);
  return Buffer.concat([head, body]);
}

async function startService(name: 'front' | 'next', cleanup: Cleanup): Promise<Service> {
  const databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  const [resend, upstash] = [await startResendStandIn(), await startUpstashStandIn()];
  cleanup.add(() => resend.close());
  cleanup.add(() => upstash.close());
  const relayTo = async (url: string, options: { slowMs: number; rejection?: Buffer }) => {
    const { port } = new URL(url);
    const relay = await startTcpRelay({ port: Number(port), ...options });
    cleanup.add(() => relay.close());
    return { relay, url: url.replace(`:${port}`, `:${relay.port}`) };
  };
  const database = await relayTo(databaseUrl, { slowMs: SLOW_MS, rejection: TOO_MANY_CLIENTS });
  const blobs = await relayTo(store.url, { slowMs: SLOW_STORE_MS });
  const mail = await relayTo(resend.url, { slowMs: SLOW_MS });
  const limits = await relayTo(upstash.url, { slowMs: SLOW_MS });
  const env = {
    ...serviceVariables({ databaseUrl: database.url, store: { ...store, url: blobs.url } }),
    RESEND_API_KEY: resend.apiKey,
    RESEND_BASE_URL: mail.url,
    MAIL_FROM: 'Sheaf <sheaf@example.com>',
    UPSTASH_REDIS_REST_URL: limits.url,
    UPSTASH_REDIS_REST_TOKEN: upstash.token,
    SWEEP_INTERVAL_SECONDS: '0',
  };
  const server =
    name === 'front'
      ? await startFront({ dataFolder: await makeFolder(cleanup), env })
      : await startNext(env);
  cleanup.add(() => server.stop());
  const relays = {
    database: database.relay,
    blobs: blobs.relay,
    mail: mail.relay,
    limits: limits.relay,
  };
  return { api: new Api(server.url), databaseUrl, store, resend, upstash, relays };
}

async function prepareSubjects({ api, databaseUrl }: Service): Promise<Subjects> {
  const [paged, raw, downloaded, called, deleted, burning, member] = await Promise.all([
    api.create({ content: CONTENT.paged }),
    api.create({ content: CONTENT.raw }),
    api.create({ content: CONTENT.downloaded }),
    api.create({ content: CONTENT.called }),
    api.create({ content: 'no longer wanted' }),
    api.create({ content: CONTENT.burning, burn_after: 1 }),
    newMember({ url: api.baseUrl, databaseUrl }, null),
  ]);
  const [title, revealKey] = [randomBytes(8).toString('hex'), randomBytes(16).toString('hex')];
  return { paged, raw, downloaded, called, deleted, burning, title, revealKey, member, person: newcomer() };
}

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
