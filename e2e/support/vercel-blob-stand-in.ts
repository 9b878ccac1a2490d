import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenAsStandIn } from './stand-in-server';

const API_VERSION = '12';
const MAX_PATHNAME_LENGTH = 950;
const MAX_PAGE_SIZE = 1_000;

export type StandInMode = 'ok' | '500' | 'hang' | 'refuse' | 'truncate' | 'corrupt';

export interface StandInObject {
  body: Buffer;
  contentType: string;
  cacheControl: string;
  uploadedAt: Date;
  etag: string;
}

export interface VercelBlobStandIn {
  /** Serves as both `VERCEL_BLOB_API_URL` and `BLOB_READ_URL`. */
  url: string;
  token: string;
  /**
   * How it answers from now on: `500` with an error, `hang` never, `refuse` not even the connection,
   * `truncate` with a body cut short, `corrupt` (reads only) with the right number of wrong bytes.
   */
  fail(mode: StandInMode): Promise<void>;
  /** What is stored, by pathname. May be tampered with. */
  objects: Map<string, StandInObject>;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** An error as Vercel Blob answers it: the SDK turns `code` into one of its classes. */
class BlobFault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A private Vercel Blob store in memory, on loopback, in the protocol of `@vercel/blob` 2.8. */
export async function startVercelBlobStandIn(options: { token?: string } = {}): Promise<VercelBlobStandIn> {
  const token = options.token ?? `vercel_blob_rw_standin_${randomBytes(12).toString('hex')}`;
  const storeUrl = `https://${token.split('_')[3]}.private.blob.vercel-storage.com`;
  const objects = new Map<string, StandInObject>();
  let mode: StandInMode = 'ok';

  async function answer(request: IncomingMessage): Promise<Answer> {
    const body = await buffer(request);
    if (mode === '500') throw new BlobFault(500, 'internal_server_error', 'The stand-in was told to fail');
    if (request.headers.authorization !== `Bearer ${token}`) {
      throw new BlobFault(403, 'forbidden', 'Access denied');
    }
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const isApiCall = url.pathname === '/' || request.method !== 'GET';
    if (!isApiCall) return readObject(url);
    if (request.headers['x-api-version'] !== API_VERSION) {
      throw new BlobFault(400, 'bad_request', `Expected x-api-version ${API_VERSION}`);
    }
    if (request.method === 'PUT' && url.pathname === '/') return json(putObject(url, request, body));
    if (request.method === 'POST' && url.pathname === '/delete') return json(deleteObjects(body));
    if (request.method === 'GET' && url.searchParams.has('url')) return json(headObject(url));
    if (request.method === 'GET') return json(listObjects(url));
    throw new BlobFault(400, 'bad_request', 'The stand-in does not speak this part of the protocol');
  }

  function readObject(url: URL): Answer {
    const object = objects.get(decodeURIComponent(url.pathname.slice(1)));
    if (!object) throw new BlobFault(404, 'not_found', 'The requested blob does not exist');
    const headers = {
      'content-type': object.contentType,
      'content-disposition': 'attachment',
      'cache-control': object.cacheControl,
      'last-modified': object.uploadedAt.toUTCString(),
      etag: object.etag,
    };
    const body = mode === 'corrupt' ? Buffer.from(object.body.map((byte) => byte ^ 0xff)) : object.body;
    return { status: 200, headers, body };
  }

  function putObject(url: URL, { headers }: IncomingMessage, body: Buffer) {
    const asked = url.searchParams.get('pathname') ?? '';
    if (asked === '' || asked.length > MAX_PATHNAME_LENGTH || asked.includes('//')) {
      throw new BlobFault(400, 'bad_request', 'Invalid pathname');
    }
    if (url.searchParams.has('fromUrl')) {
      throw new BlobFault(400, 'bad_request', 'The stand-in does not copy');
    }
    if (headers['x-vercel-blob-access'] !== 'private') {
      throw new BlobFault(400, 'bad_request', 'Cannot use public access on a private store');
    }
    const pathname = headers['x-add-random-suffix'] === '1' ? withRandomSuffix(asked) : asked;
    const existing = objects.get(pathname);
    const expectedEtag = headers['x-if-match'];
    if (expectedEtag !== undefined && existing?.etag !== expectedEtag) {
      throw new BlobFault(412, 'precondition_failed', 'ETag mismatch');
    }
    if (existing && headers['x-allow-overwrite'] !== '1') {
      throw new BlobFault(400, 'bad_request', 'This blob already exists');
    }
    const maxAge = String(headers['x-cache-control-max-age'] ?? 30 * 24 * 60 * 60);
    const object = {
      body,
      contentType: String(headers['x-content-type'] ?? 'application/octet-stream'),
      cacheControl: `private, max-age=${maxAge}`,
      uploadedAt: new Date(),
      etag: `"${createHash('md5').update(body).digest('hex')}"`,
    };
    objects.set(pathname, object);
    return describePut(pathname, object);
  }

  function headObject(url: URL) {
    const pathname = pathnameOf(url.searchParams.get('url') ?? '');
    const object = objects.get(pathname);
    if (!object) throw new BlobFault(404, 'not_found', 'The requested blob does not exist');
    return {
      ...describePut(pathname, object),
      size: object.body.byteLength,
      cacheControl: object.cacheControl,
      uploadedAt: object.uploadedAt.toISOString(),
    };
  }

  function listObjects({ searchParams }: URL) {
    const mode = searchParams.get('mode') ?? 'expanded';
    if (mode !== 'expanded') throw new BlobFault(400, 'bad_request', 'The stand-in lists expanded only');
    const limit = Math.min(Number(searchParams.get('limit') ?? MAX_PAGE_SIZE), MAX_PAGE_SIZE);
    const prefix = searchParams.get('prefix') ?? '';
    const after = Buffer.from(searchParams.get('cursor') ?? '', 'base64url').toString();
    const remaining = [...objects.keys()].filter((path) => path.startsWith(prefix) && path > after).sort();
    const page = remaining.slice(0, limit);
    const hasMore = remaining.length > page.length;
    const cursor = hasMore ? Buffer.from(page.at(-1) ?? '').toString('base64url') : undefined;
    return { blobs: page.map((pathname) => describeListed(pathname)), hasMore, cursor };
  }

  function deleteObjects(body: Buffer) {
    const asked: unknown = JSON.parse(body.toString());
    const urls = typeof asked === 'object' && asked !== null && 'urls' in asked ? asked.urls : undefined;
    if (!Array.isArray(urls)) throw new BlobFault(400, 'bad_request', 'Expected urls');
    for (const url of urls) objects.delete(pathnameOf(String(url)));
    return {};
  }

  function pathnameOf(urlOrPathname: string): string {
    if (!/^https?:\/\//.test(urlOrPathname)) return urlOrPathname;
    return decodeURIComponent(new URL(urlOrPathname).pathname.slice(1));
  }

  function describeUrls(pathname: string) {
    return { url: `${storeUrl}/${pathname}`, downloadUrl: `${storeUrl}/${pathname}?download=1`, pathname };
  }

  function describePut(pathname: string, { contentType, etag }: StandInObject) {
    const contentDisposition = `attachment; filename="${pathname.split('/').at(-1)}"`;
    return { ...describeUrls(pathname), contentType, contentDisposition, etag };
  }

  function describeListed(pathname: string) {
    const object = objects.get(pathname);
    return {
      ...describeUrls(pathname),
      size: object?.body.byteLength,
      uploadedAt: object?.uploadedAt.toISOString(),
      etag: object?.etag,
    };
  }

  const server = createServer(async (request, response) => {
    if (mode === 'hang') return;
    const reply = await answer(request).catch(faultAnswer);
    send(response, reply, mode === 'truncate');
  });

  const { url, stop, resume } = await listenAsStandIn(server);

  return {
    url,
    token,
    objects,
    async fail(next) {
      mode = next;
      if (next === 'refuse') await stop();
      else await resume();
    },
    close: stop,
  };
}

function json(value: object, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(value)),
  };
}

function faultAnswer(error: unknown): Answer {
  const fault =
    error instanceof BlobFault ? error : new BlobFault(500, 'internal_server_error', String(error));
  return json({ error: { code: fault.code, message: fault.message } }, fault.status);
}

function send(response: ServerResponse, { status, headers, body }: Answer, truncated: boolean): void {
  response.writeHead(status, { ...headers, 'content-length': body.byteLength });
  if (!truncated) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.byteLength / 2)), () => response.destroy());
}

function withRandomSuffix(pathname: string): string {
  const dot = pathname.lastIndexOf('.');
  const end = dot > pathname.lastIndexOf('/') + 1 ? dot : pathname.length;
  return `${pathname.slice(0, end)}-${randomBytes(15).toString('hex')}${pathname.slice(end)}`;
}
