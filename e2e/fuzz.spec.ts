import { Agent, request } from 'node:http';
import { expect, test } from './fixtures';
import { appoint, join, type Member, PASSWORD } from './support/accounts';
import { Api } from './support/api';
import type { Mount } from './support/mounts';
import { type Exchange, findFaults } from './support/openapi-contract';
import { fetchDocument, type OpenApiDocument } from './support/openapi-document';
import { type FuzzRequest, type Identity, RequestMaker } from './support/openapi-fuzz';
import { startFrontMount } from './support/servers';

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 20_000);
const AT_ONCE = 16;
const ANSWER_WITHIN_MS = 10_000;
const MAX_TOLD = 20;
const MAX_TRIES = 3_000;
const V1 = '/api/v1';
const PREPARING = ['post /api/v1/pastes', 'post /api/v1/pastes/{slug}/reports', 'get /api/v1/admin/reports'];

test(`answers ${REQUESTS} requests of every kind as documented`, async ({ cleanup }) => {
  test.setTimeout(300_000);
  const sheaf = await startFrontMount(cleanup, {});
  const document = await fetchDocument(sheaf.url);
  const maker = await prepare(new Api(sheaf.url), sheaf, document);
  const expected = operationsOf(document).filter((key) => !RARELY_SUCCEED.has(key));
  const { faults, neverSucceeded } = await fuzz(sheaf.url, { document, maker, expected });
  expect(faults, `seed ${SEED}`).toEqual([]);
  expect(neverSucceeded, `seed ${SEED}`).toEqual([]);
});

// They require an issued token, the scheduler's or the scraper's secret, a report or a blocked text, the id of the caller's own resource, a paste with a lock, which
// is no random text, or a password, which is sent rarely because hashing is slow.
const RARELY_SUCCEED = new Set([
  'post /api/v1/auth/register',
  'post /api/v1/auth/verify-email',
  'post /api/v1/auth/login',
  'post /api/v1/auth/refresh',
  'post /api/v1/auth/logout',
  'post /api/v1/auth/reset-password',
  'post /api/v1/auth/change-password',
  'post /api/v1/auth/change-email',
  'delete /api/v1/users/me',
  'get /api/v1/users/me/export',
  'delete /api/v1/users/me/sessions',
  'delete /api/v1/users/me/sessions/{id}',
  'delete /api/v1/users/me/tokens/{id}',
  'patch /api/v1/shares/{id}',
  'delete /api/v1/shares/{id}',
  'get /api/v1/pastes/{slug}/lock',
  'delete /api/v1/pastes/{slug}/revisions/{n}',
  'get /api/cron/sweep',
  'get /api/metrics',
  'post /api/v1/admin/reports/{id}/decision',
  'post /api/v1/admin/approvals/{id}/decision',
  'delete /api/v1/admin/blocked-hashes/{sha256}',
  'delete /api/v1/admin/users/{id}',
  'patch /api/v1/admin/settings',
]);

function operationsOf(document: OpenApiDocument): string[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
}

/** Two users, an admin, personal tokens, an anonymous client, and users whose accounts may be deleted. */
async function prepare(api: Api, sheaf: Mount, document: OpenApiDocument): Promise<RequestMaker> {
  const members: Member[] = [];
  for (let count = 0; count < 10; count += 1) members.push(await join(api, sheaf));
  const [one, other, admin, ...doomed] = members;
  if (!one || !other || !admin) throw new Error('unreachable: they just joined');
  await appoint(sheaf, admin, 'admin');
  const keptIds = new Set([one, other, admin].map(({ uuid }) => uuid));
  const personal = async (scopes: string[]) => {
    const json = { name: scopes.join(' '), scopes };
    const made = await api.send(`${V1}/users/me/tokens`, { method: 'POST', json, headers: one.bearer });
    const { id, token } = JSON.parse(made.text) as { id: string; token: string };
    keptIds.add(id);
    return `Bearer ${token}`;
  };
  const asMember = (name: string, { bearer }: Member, mayEnd = false): Identity => ({
    name,
    authorization: bearer.authorization,
    mayEnd,
  });
  const identities: Identity[] = [
    { name: 'anonymous', authorization: null, mayEnd: true },
    asMember('one', one),
    asMember('other', other),
    { ...asMember('admin', admin), isAdmin: true },
    {
      name: 'a token for everything',
      authorization: await personal(['pastes:read', 'pastes:write', 'contacts', 'account']),
      mayEnd: false,
    },
    { name: 'a token to read', authorization: await personal(['pastes:read']), mayEnd: false },
    { name: 'no such token', authorization: 'Bearer nothing', mayEnd: true },
    ...doomed.map((member, index) => asMember(`doomed ${index}`, member, true)),
  ];
  return new RequestMaker(
    document,
    SEED,
    identities,
    { emails: members.map(({ email }) => email), password: PASSWORD },
    doomed.map(({ uuid }) => uuid),
    keptIds,
  );
}

interface Fuzzing {
  document: OpenApiDocument;
  maker: RequestMaker;
  /** Operations of which at least one request must succeed. */
  expected: string[];
}

async function fuzz(url: string, { document, maker, expected }: Fuzzing) {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const told = new Map<string, string>();
  const succeeded = new Set<string>();
  let next = 0;
  const sendNext = async (operation?: string) => {
    const index = next;
    next += 1;
    const made = maker.make(index, operation);
    // A change that succeeds could close the instance to all other requests.
    if (made.operation === 'patch /api/v1/admin/settings') made.headers['if-match'] = '"999999999"';
    const exchange = await send(agent, url, made).catch((error: unknown) => String(error));
    const faults = typeof exchange === 'string' ? [exchange] : faultsOf(document, exchange);
    for (const fault of faults) {
      const kind = `${made.operation}: ${fault}`;
      if (!told.has(kind)) told.set(kind, describe(index, { made, exchange, kind }));
    }
    if (typeof exchange === 'string' || exchange.status >= 300) return;
    if (made.operation.startsWith(made.method.toLowerCase())) succeeded.add(made.operation);
    maker.learn(made, exchange);
  };
  const sendOneAfterAnother = async () => {
    while (next < REQUESTS && told.size < MAX_TOLD) await sendNext();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendOneAfterAnother));
  // What chance did not reach is tried on new pastes and reports.
  for (const operation of expected) {
    for (let tries = 0; tries < MAX_TRIES && !succeeded.has(operation); tries += 1) {
      for (const preparing of PREPARING) await sendNext(preparing);
      await sendNext(operation);
    }
  }
  agent.destroy();
  return { faults: [...told.values()], neverSucceeded: expected.filter((key) => !succeeded.has(key)) };
}

function faultsOf(document: OpenApiDocument, exchange: Exchange): string[] {
  // The document describes 503, but no dependency is unavailable here.
  if (exchange.status >= 500) return [`status ${exchange.status}`];
  return findFaults(document, exchange);
}

function describe(
  index: number,
  { made, exchange, kind }: { made: FuzzRequest; exchange: Exchange | string; kind: string },
): string {
  const { method, path, headers, body } = made;
  const sent = { method, path, headers, body: body?.toString('latin1').slice(0, 500) };
  const answer =
    typeof exchange === 'string' ? exchange : `${exchange.status} ${exchange.text.slice(0, 300)}`;
  return `${kind}\n  request ${index} of seed ${SEED}: ${JSON.stringify(sent)}\n  answered ${answer}`;
}

function send(agent: Agent, url: string, { method, path, headers, body }: FuzzRequest): Promise<Exchange> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const length = body === null ? {} : { 'content-length': body.length };
    const sending = request(
      { agent, hostname, port, method, path, headers: { ...headers, ...length } },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          clearTimeout(timer);
          const received = new Headers();
          for (const [name, value] of Object.entries(response.headers)) received.set(name, String(value));
          const text = Buffer.concat(parts).toString();
          resolve({ method, path, status: response.statusCode ?? 0, headers: received, text });
        });
      },
    );
    const timer = setTimeout(
      () => sending.destroy(new Error('it was not answered in time')),
      ANSWER_WITHIN_MS,
    );
    sending.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sending.end(body ?? undefined);
  });
}
