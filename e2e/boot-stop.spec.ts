import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from './fixtures';
import {
  Cleanup,
  createDatabase,
  makeFolder,
  serviceVariables,
  startBlobStore,
  startFront,
} from './support/mounts';
import { findForm } from './support/plain-form';
import { query } from './support/storage';

/** Long enough that a client in a slow network would notice. */
const SLOW_MS = 7_000;

const cleanup = new Cleanup();

test.afterEach(() => cleanup.run());

/** Sends a POST but for the second half of its body. Resolves when the server has accepted the request. */
async function startPost(url: string, { body, headers }: { body: Buffer; headers: Record<string, string> }) {
  const length = { 'content-length': String(body.length), expect: '100-continue' };
  const sending = request(url, { method: 'POST', headers: { ...headers, ...length } });
  const responded = once(sending, 'response') as Promise<[IncomingMessage]>;
  const accepted = once(sending, 'continue');
  sending.flushHeaders();
  await accepted;
  const half = Math.floor(body.length / 2);
  sending.write(body.subarray(0, half));
  return async () => {
    sending.end(body.subarray(half));
    const [response] = await responded;
    return { status: response.statusCode, headers: response.headers, text: await text(response) };
  };
}

async function encodeComposer(url: string, content: string) {
  const html = await (await fetch(url)).text();
  const form = new FormData();
  for (const [name, value] of findForm(html, ['title', 'files.0.content']).fields) form.append(name, value);
  form.append('files.0.name', '');
  form.append('files.0.content', content);
  form.append('intent', 'save');
  const encoded = new Response(form);
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '', origin: new URL(url).origin };
  return { body: Buffer.from(await encoded.arrayBuffer()), headers };
}

test('a stop lets the requests in progress finish, of the API and of pages, and accepts no others', async () => {
  const databaseUrl = await createDatabase(cleanup);
  const store = await startBlobStore(cleanup);
  const env = serviceVariables({ databaseUrl, store });
  const front = await startFront({ dataFolder: await makeFolder(cleanup), env });
  cleanup.add(() => front.kill());

  const json = { 'content-type': 'application/json' };
  const body = Buffer.from(JSON.stringify({ content: 'of the API' }));
  const finishCreate = await startPost(`${front.url}/api/v1/pastes`, { body, headers: json });
  const finishForm = await startPost(`${front.url}/`, await encodeComposer(`${front.url}/`, 'of the page'));
  const stopped = front.stop();
  await expect.poll(() => fetch(`${front.url}/api/health`).catch(() => 'refused')).toBe('refused');
  await pause(SLOW_MS);

  const [created, posted] = await Promise.all([finishCreate(), finishForm()]);
  expect(created).toMatchObject({ status: 201, headers: { connection: 'close' } });
  expect(posted).toMatchObject({
    status: 303,
    headers: { location: expect.stringMatching(/^\/\w+\?saved$/) },
  });
  await stopped;
  expect(front.output()).not.toContain('ended unexpectedly');
  const slugs = [JSON.parse(created.text).slug, posted.headers.location?.slice(1).split('?')[0]];
  const rows = await query<{ slug: string }>(databaseUrl, 'select slug from pastes');
  expect(rows.map(({ slug }) => slug).sort()).toEqual(slugs.sort());
});
