import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { SMALL_TEXT } from './samples';

// The floors, in a process of their own: what node:http does with as little as possible behind it.
const [databaseUrl = '', folder = ''] = process.argv.slice(2);
const POOL_SIZE = 10;
const SLUG = 'sample';
const text = Buffer.from(SMALL_TEXT);
const pool = new pg.Pool({ connectionString: databaseUrl, max: POOL_SIZE });

const INSERT = 'insert into bodies (slug, length, sha256, created_at) values ($1, $2, $3, now())';

async function insert(slug: string, body: Buffer): Promise<void> {
  const sha256 = createHash('sha256').update(body).digest('hex');
  await pool.query({ name: 'insert', text: INSERT, values: [slug, body.length, sha256] });
}

/** Temporary file, fsync, rename, fsync of the folder. */
async function writeDurably(slug: string, body: Buffer): Promise<void> {
  const temporary = join(folder, 'tmp', slug);
  const target = join(folder, slug.slice(0, 2));
  const file = await open(temporary, 'wx', 0o600);
  await file.writeFile(body);
  await file.sync();
  await file.close();
  await rename(temporary, join(target, slug));
  const directory = await open(target, 'r');
  await directory.sync();
  await directory.close();
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function create(request: IncomingMessage, { isDurable }: { isDurable: boolean }): Promise<Buffer> {
  const body = await readBody(request);
  const slug = randomUUID();
  if (isDurable) await writeDurably(slug, body);
  await insert(slug, body);
  return Buffer.from(`http://localhost/${slug}\n`);
}

const ROUTES: Record<string, (request: IncomingMessage) => Buffer | Promise<Buffer>> = {
  '/bare': () => text,
  '/select': async () => {
    const statement = { name: 'select', text: 'select length, sha256 from bodies where slug = $1' };
    const { rowCount } = await pool.query({ ...statement, values: [SLUG] });
    if (rowCount !== 1) throw new Error('The sample row is missing.');
    return text;
  },
  '/insert': (request) => create(request, { isDurable: false }),
  '/durable': (request) => create(request, { isDurable: true }),
};

const answer: RequestListener = async (request, response) => {
  try {
    const body = await ROUTES[request.url ?? '']?.(request);
    if (body === undefined) throw new Error(`There is no ${request.url}.`);
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length };
    response.writeHead(request.method === 'POST' ? 201 : 200, headers).end(body);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
};

/** As many folders as there are first bytes of a name, like the store of bodies has. */
async function prepare(): Promise<void> {
  await mkdir(join(folder, 'tmp'), { recursive: true });
  for (let byte = 0; byte < 256; byte += 1) {
    await mkdir(join(folder, byte.toString(16).padStart(2, '0')), { recursive: true });
  }
  await pool.query(
    'create table bodies (slug text primary key, length int not null, sha256 text not null, created_at timestamptz not null)',
  );
  await insert(SLUG, text);
}

await prepare();
const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
