import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { signRequest } from './s3-signature';
import { listenAsStandIn } from './stand-in-server';

const MAX_KEYS = 1_000;
const MAX_SKEW_MS = 15 * 60 * 1_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/**
 * How it answers: `500` with an error, `hang` never, `refuse` not even the connection, `truncate` with an answer
 * cut short, `corrupt` (reads only) with the right number of wrong bytes, `busy` once with a 503 and then well,
 * `undeletable` by reporting in a 200 that nothing was deleted.
 */
export type S3Mode = 'ok' | '500' | 'hang' | 'refuse' | 'truncate' | 'corrupt' | 'busy' | 'undeletable';

export interface S3Object {
  body: Buffer;
  contentType: string;
  modifiedAt: Date;
}

/** What the driver is configured with. */
export interface S3StandInSettings {
  bucket: string;
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export interface S3StandIn {
  settings: S3StandInSettings;
  /** How it answers from now on. */
  fail(mode: S3Mode): Promise<void>;
  /** Makes its clock, by which signatures are checked, wrong by this much. */
  shiftClock(ms: number): void;
  /** Takes the right to write and delete from the key. */
  makeReadOnly(): void;
  /** What is stored in the bucket, by name. May be tampered with. */
  objects: Map<string, S3Object>;
  /** The method and the target of each request so far. */
  requests: string[];
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: Buffer;
}

/** An error as S3 answers it. */
class S3Fault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string = code,
  ) {
    super(message);
  }
}

/** One bucket of S3 in memory, on loopback, with the bucket in the path; checks the signature of each request. */
export async function startS3StandIn(): Promise<S3StandIn> {
  const settings: S3StandInSettings = {
    bucket: 'sheaf-stand-in',
    endpoint: '',
    region: 'eu-standin-1',
    accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64'),
  };
  const objects = new Map<string, S3Object>();
  const requests: string[] = [];
  let mode: S3Mode = 'ok';
  let clockShiftMs = 0;
  let isReadOnly = false;

  async function answer(request: IncomingMessage): Promise<Answer> {
    const body = await buffer(request);
    const target = request.url ?? '/';
    requests.push(`${request.method} ${target}`);
    if (mode === '500') throw new S3Fault(500, 'InternalError');
    if (mode === 'busy') {
      mode = 'ok';
      throw new S3Fault(503, 'SlowDown');
    }
    checkSignature(request, body);
    const { pathname, searchParams } = new URL(target, 'http://stand-in');
    const [, bucket, ...rest] = pathname.split('/').map(decodeURIComponent);
    const name = rest.join('/');
    if (bucket !== settings.bucket) throw new S3Fault(404, 'NoSuchBucket');
    if (isReadOnly && request.method !== 'GET') throw new S3Fault(403, 'AccessDenied');
    if (name === '') {
      if (request.method === 'GET' && searchParams.get('list-type') === '2') return listObjects(searchParams);
      if (request.method === 'POST' && searchParams.has('delete')) return deleteObjects(request, body);
    } else {
      if (request.method === 'GET') return getObject(name);
      if (request.method === 'PUT') return putObject(name, request, body);
    }
    throw new S3Fault(501, 'NotImplemented');
  }

  function checkSignature(request: IncomingMessage, body: Buffer): void {
    const headers = request.headers as Record<string, string>;
    const { authorization = '', 'x-amz-date': timestamp = '' } = headers;
    if (authorization === '') throw new S3Fault(403, 'AccessDenied');
    const parts = AUTHORIZATION.exec(authorization);
    if (!parts) throw new S3Fault(400, 'AuthorizationHeaderMalformed');
    const [, accessKeyId, date = '', region, signed = '', signature] = parts;
    if (accessKeyId !== settings.accessKeyId) throw new S3Fault(403, 'InvalidAccessKeyId');
    if (region !== settings.region) throw new S3Fault(400, 'AuthorizationHeaderMalformed');
    const at = Date.parse(timestamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
    if (!(Math.abs(Date.now() + clockShiftMs - at) <= MAX_SKEW_MS)) {
      throw new S3Fault(403, 'RequestTimeTooSkewed');
    }
    const signedHeaders = signed.split(';');
    const sent = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
    const expected = signRequest(
      { method: request.method ?? '', target: request.url ?? '', headers, signedHeaders },
      { secretAccessKey: settings.secretAccessKey, date, region: settings.region },
    );
    const isComplete = sent.every((name) => signedHeaders.includes(name)) && timestamp.startsWith(date);
    if (!isComplete || expected !== signature) throw new S3Fault(403, 'SignatureDoesNotMatch');
    if (headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex')) {
      throw new S3Fault(400, 'XAmzContentSHA256Mismatch');
    }
  }

  function getObject(name: string): Answer {
    const object = objects.get(name);
    if (!object) throw new S3Fault(404, 'NoSuchKey');
    const body = mode === 'corrupt' ? Buffer.from(object.body.map((byte) => byte ^ 0xff)) : object.body;
    const headers = { 'content-type': object.contentType, 'last-modified': object.modifiedAt.toUTCString() };
    return { status: 200, headers, body };
  }

  function putObject(name: string, { headers }: IncomingMessage, body: Buffer): Answer {
    const condition = headers['if-none-match'];
    if (condition !== undefined && condition !== '*') throw new S3Fault(501, 'NotImplemented');
    if (condition === '*' && objects.has(name)) throw new S3Fault(412, 'PreconditionFailed');
    const contentType = headers['content-type'] ?? 'binary/octet-stream';
    objects.set(name, { body, contentType, modifiedAt: new Date() });
    return { status: 200, body: Buffer.alloc(0) };
  }

  function deleteObjects({ headers }: IncomingMessage, body: Buffer): Answer {
    const md5 = createHash('md5').update(body).digest('base64');
    if (headers['content-md5'] === undefined) throw new S3Fault(400, 'InvalidRequest');
    if (headers['content-md5'] !== md5) throw new S3Fault(400, 'BadDigest');
    const names = [...body.toString().matchAll(/<Object><Key>([^<>&]+)<\/Key><\/Object>/g)].map(
      ([, name = '']) => name,
    );
    const isMalformed = names.length === 0 || names.length > MAX_KEYS;
    if (isMalformed || !body.includes('<Quiet>true</Quiet>')) throw new S3Fault(400, 'MalformedXML');
    if (mode !== 'undeletable') for (const name of names) objects.delete(name);
    const errors = mode === 'undeletable' ? names : [];
    return xml(
      'DeleteResult',
      errors.map((name) => `<Error><Key>${escapeXml(name)}</Key><Code>AccessDenied</Code></Error>`).join(''),
    );
  }

  function listObjects(query: URLSearchParams): Answer {
    const prefix = query.get('prefix') ?? '';
    const asked = Number(query.get('max-keys') ?? MAX_KEYS);
    const token = query.get('continuation-token');
    const after = token === null ? (query.get('start-after') ?? '') : nameOf(token);
    const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : (text: string) => text;
    const remaining = [...objects].filter(([name]) => name.startsWith(prefix) && name > after).sort(byName);
    const page = remaining.slice(0, Math.min(asked, MAX_KEYS));
    const isTruncated = remaining.length > page.length;
    const last = page.at(-1)?.[0] ?? '';
    const contents = page.map(
      ([name, { body, modifiedAt }]) =>
        `<Contents><Key>${escapeXml(encode(name))}</Key><LastModified>${modifiedAt.toISOString()}</LastModified>` +
        `<ETag>&quot;${createHash('md5').update(body).digest('hex')}&quot;</ETag><Size>${body.length}</Size></Contents>`,
    );
    return xml(
      'ListBucketResult',
      `<Name>${settings.bucket}</Name><Prefix>${escapeXml(encode(prefix))}</Prefix><KeyCount>${page.length}</KeyCount>` +
        `<IsTruncated>${isTruncated}</IsTruncated>${contents.join('')}` +
        (isTruncated ? `<NextContinuationToken>${escapeXml(tokenOf(last))}</NextContinuationToken>` : ''),
    );
  }

  const server = createServer(async (request, response) => {
    if (mode === 'hang') return;
    const reply = await answer(request).catch(faultAnswer);
    if (mode === 'truncate') sendHalf(response, reply);
    else send(response, reply);
  });

  const { url, stop, resume } = await listenAsStandIn(server);
  settings.endpoint = url;

  return {
    settings,
    objects,
    requests,
    async fail(next) {
      mode = next;
      if (next === 'refuse') await stop();
      else await resume();
    },
    shiftClock(ms) {
      clockShiftMs = ms;
    },
    makeReadOnly() {
      isReadOnly = true;
    },
    close: stop,
  };
}

/** With characters that need an escape in XML and in a URL, as the opaque tokens of services may have. */
function tokenOf(name: string): string {
  return `"${name}" & <1+1>`;
}

function nameOf(token: string): string {
  const name = /^"(.*)" & <1\+1>$/.exec(token)?.[1];
  if (name === undefined) throw new S3Fault(400, 'InvalidArgument');
  return name;
}

function byName([one]: [string, S3Object], [other]: [string, S3Object]): number {
  return one < other ? -1 : 1;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&#34;');
}

function xml(root: string, content: string, status = 200): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`;
  return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(body) };
}

function faultAnswer(error: unknown): Answer {
  const fault = error instanceof S3Fault ? error : new S3Fault(500, 'InternalError', String(error));
  const content = `<Code>${fault.code}</Code><Message>${escapeXml(fault.message)}</Message>`;
  return xml('Error', content, fault.status);
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': body.byteLength });
  response.end(body);
}

/** Half of the body, or of the head where there is no body. */
function sendHalf(response: ServerResponse, { status, headers, body }: Answer): void {
  if (body.byteLength === 0) {
    response.socket?.end('HTTP/1.1 200 OK\r\ncontent-le');
    return;
  }
  response.writeHead(status, { ...headers, 'content-length': body.byteLength });
  response.write(body.subarray(0, Math.floor(body.byteLength / 2)), () => response.destroy());
}
