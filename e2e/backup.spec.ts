import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { expect, test } from './fixtures';
import { join as joinAs, signedInShape, userShape, whoAmI } from './support/accounts';
import { Api } from './support/api';
import {
  adoptDatabase,
  createDatabase,
  type Mount,
  makeFolder,
  readCronSecret,
  runOn,
  s3Variables,
  startFront,
} from './support/mounts';
import { startS3StandIn } from './support/s3-stand-in';
import { newSecret, secretForm } from './support/secret';
import { countRows, listBlobs } from './support/storage';

const V1 = '/api/v1';
const doctorShape = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), status: z.string(), message: z.string() })),
});
const listShape = z.looseObject({ items: z.array(z.unknown()) });
const slugShape = z.looseObject({ slug: z.string() });

interface Stored {
  slug: string;
  text: string;
}

/** Creates pastes until it is stopped. @returns what was acknowledged */
function createUntilStopped(api: Api): { stop(): Promise<Stored[]> } {
  const stored: Stored[] = [];
  let isStopped = false;
  const work = async (worker: number) => {
    for (let count = 0; !isStopped; count++) {
      const text = `worker ${worker}, paste ${count}\n`.repeat(1 + (count % 50));
      const { slug } = await api.create({ content: text });
      stored.push({ slug, text });
    }
  };
  const all = Promise.all([1, 2, 3].map(work));
  return {
    async stop() {
      isStopped = true;
      await all;
      return stored;
    },
  };
}

test('a backup of a used instance, made under load, brings all of it back', async ({ cleanup }) => {
  test.setTimeout(240_000);
  const [first, second, third] = [
    await makeFolder(cleanup),
    await makeFolder(cleanup),
    await makeFolder(cleanup),
  ];
  const file = join(await makeFolder(cleanup), 'backup.tar');
  const front = await startFront({ dataFolder: first });
  cleanup.add(() => front.stop());
  const api = new Api(front.url);
  const mount: Mount = {
    name: 'front',
    url: front.url,
    databaseUrl: (await adoptDatabase(first)).url,
    cronSecret: '',
    blobFolder: join(first, 'blobs'),
    mailFolder: join(first, 'mail'),
    logFile: '',
  };

  const me = await joinAs(api, mount);
  const send = (method: string, path: string, json: unknown) =>
    api.send(`${V1}${path}`, { method, headers: me.bearer, json });
  const open = await api.create({ content: 'public\r\n', visibility: 'public', title: 'Ünï “quotes”' });
  const own = (await send('POST', '/pastes', { content: 'private', visibility: 'private' })).json(slugShape);
  const burning = await api.create({ content: 'burns', burn_after: 1 });
  const secret = await newSecret();
  const form = await api.send(`${V1}/pastes`, {
    method: 'POST',
    body: secretForm({ ...secret, proofHash: secret.proofHash }),
    headers: { accept: 'application/json' },
  });
  const hidden = form.json(slugShape);
  expect((await send('POST', '/contacts', { first_name: 'Ada', email: 'ada@example.com' })).status).toBe(201);
  const share = { email: 'bob@example.com', role: 'reader' };
  expect((await send('POST', `/pastes/${own.slug}/shares`, share)).status).toBe(201);
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  const drawn = await api.send(`${V1}/users/me/avatar`, {
    method: 'PUT',
    body: new Uint8Array(png),
    headers: { ...me.bearer, 'content-type': 'image/png' },
  });
  const avatar = new URL(drawn.json(userShape).profile_image_url).pathname;

  const read = async (by: Api) => ({
    open: (await by.get(`/${open.slug}/raw`)).text,
    title: (await by.get(`${V1}/pastes/${open.slug}`)).json(z.looseObject({ title: z.string() })).title,
    own: (await by.get(`/${own.slug}/raw`, me.bearer)).text,
    guest: (await by.get(`/${own.slug}/raw`)).status,
    hidden: (await by.get(`/${hidden.slug}/raw`)).bytes.toString('hex'),
    contacts: (await by.get(`${V1}/contacts`, me.bearer)).json(listShape).items,
    shares: (await by.get(`${V1}/pastes/${own.slug}/shares`, me.bearer)).json(listShape).items,
    avatar: (await by.get(avatar)).bytes.toString('hex'),
    me: (await whoAmI(by, me.token)).json(userShape),
  });
  const before = await read(api);
  expect(before).toMatchObject({ own: 'private', guest: 404, contacts: [{}], shares: [{}] });

  const load = createUntilStopped(api);
  await expect.poll(async () => (await countRows(mount.databaseUrl)).pastes).toBeGreaterThan(30);
  const counted = (await countRows(mount.databaseUrl)).pastes ?? 0;
  const backedUp = await runOn(first, ['backup', file, '--secrets']);
  const created = await load.stop();
  expect(backedUp, backedUp.output).toMatchObject({ code: 0 });
  const held = await runOn(first, ['restore', file]);
  expect(held).toMatchObject({ code: 1 });
  expect(held.output).toMatch(/^Sheaf already runs on /);
  await front.stop();

  const restored = await runOn(second, ['restore', file]);
  expect(restored, restored.output).toMatchObject({ code: 0 });
  const again = await startFront({ dataFolder: second, port: Number(new URL(front.url).port) });
  cleanup.add(() => again.stop());
  const later = new Api(again.url);
  expect(await read(later)).toEqual(before);
  expect((await later.get(`${V1}/pastes/${burning.slug}`)).status).toBe(404);
  expect((await later.remove(open)).status).toBe(204);
  const signedIn = await later.post(`${V1}/auth/login`, { email: me.email, password: me.password });
  expect(signedIn.json(signedInShape).user.uuid).toBe(me.uuid);

  const answers = await Promise.all(
    created.map(async (paste) => ({ paste, answer: await later.get(`/${paste.slug}/raw`) })),
  );
  const found = answers.filter(({ answer }) => answer.status === 200);
  for (const { paste, answer } of found) expect(answer.text).toBe(paste.text);
  expect(new Set(answers.map(({ answer }) => answer.status))).toEqual(new Set([200, 404]));
  // Those that existed before the backup began are in it; the burning one is not among them.
  expect(found.length).toBeGreaterThanOrEqual(counted - 4);

  const authorization = `Bearer ${await readCronSecret(second)}`;
  expect((await later.get('/api/cron/sweep', { authorization })).status).toBe(200);
  const doctor = await runOn(second, ['doctor', '--json']);
  expect(doctor, doctor.output).toMatchObject({ code: 0 });
  const { ok, checks } = doctorShape.parse(JSON.parse(doctor.output));
  expect(ok).toBe(true);
  expect(checks.filter(({ status }) => status !== 'ok').map(({ name }) => name)).toEqual(['last backup']);

  const bytes = await readFile(file);
  const at = bytes.indexOf('private');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(file, bytes);
  const refused = await runOn(third, ['restore', file]);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.output).toMatch(
    /^The backup is damaged: \S+ does not match its checksum\. Restore another one\.\n$/,
  );
  expect(await listBlobs(join(third, 'blobs'))).toEqual([]);
});

test('a backup moves from the embedded database and a folder to a server and a bucket, and back', async ({
  cleanup,
}) => {
  const [first, second, files] = [
    await makeFolder(cleanup),
    await makeFolder(cleanup),
    await makeFolder(cleanup),
  ];
  const bucket = await startS3StandIn();
  cleanup.add(() => bucket.close());
  const server = { ...s3Variables(bucket), DATABASE_URL: await createDatabase(cleanup, { empty: true }) };
  const front = await startFront({ dataFolder: first });
  const { slug } = await new Api(front.url).create({ content: 'moves twice\r\n' });
  await front.stop();
  const moves: [string, string, Record<string, string>, string, Record<string, string>][] = [
    ['there.tar', first, {}, first, server],
    ['back.tar', first, server, second, {}],
  ];
  for (const [name, from, source, to, target] of moves) {
    const file = join(files, name);
    for (const step of [
      await runOn(from, ['backup', file], source),
      await runOn(to, ['restore', file], target),
    ]) {
      expect(step, step.output).toMatchObject({ code: 0 });
    }
  }
  const again = await startFront({ dataFolder: second });
  cleanup.add(() => again.stop());
  expect((await new Api(again.url).get(`/${slug}/raw`)).text).toBe('moves twice\r\n');
});
