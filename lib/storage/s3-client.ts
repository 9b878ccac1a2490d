import 'server-only';
import { createHash } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';
import { readWhole } from './read-whole';
import { checkDeleted, readError, readListing, type S3Listing } from './s3-answers';
import { S3Error } from './s3-error';

export interface S3Settings {
  bucket: string;
  /** The service's address; Amazon's in the region where it is not set. */
  endpoint?: string | undefined;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

interface S3Request {
  method: 'GET' | 'POST' | 'PUT';
  /** The object's name; empty for the bucket itself. */
  name?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Uint8Array;
  signal: AbortSignal;
}

/** The four operations of S3 that Sheaf uses. Each throws an `S3Error` for an answer that is no success. */
export interface S3Client {
  /** Fails with the status 412 if the name is taken. */
  putObject(name: string, body: Uint8Array, signal: AbortSignal): Promise<void>;
  /** The exact bytes, or null where there is no such object. */
  getObject(name: string, signal: AbortSignal): Promise<Uint8Array | null>;
  /** At most 1,000 names, which need no escape in XML. */
  deleteObjects(names: readonly string[], signal: AbortSignal): Promise<void>;
  listObjects(query: Record<string, string>, signal: AbortSignal): Promise<S3Listing>;
}

export function createS3Client(settings: S3Settings): S3Client {
  const base = bucketUrl(settings);
  const { region, accessKeyId, secretAccessKey } = settings;
  const derivedKeys = new Map<string, ArrayBuffer>();

  async function send(request: S3Request): Promise<Response> {
    const { method, name, query = {}, body = new Uint8Array(), signal } = request;
    const url = new URL(name === undefined ? base : `${base}/${name}`);
    url.search = new URLSearchParams(query).toString();
    const signer = new AwsV4Signer({
      method,
      url: url.href,
      // The service compares the hash with what arrives; left alone, the signer leaves the body unsigned.
      headers: { ...request.headers, 'x-amz-content-sha256': digest('sha256', body, 'hex') },
      service: 's3',
      region,
      accessKeyId,
      secretAccessKey,
      cache: derivedKeys,
    });
    const { headers } = await signer.sign();
    // Content-Length then counts the bytes of the body. Not signed, because proxies change it.
    headers.set('accept-encoding', 'identity');
    const response = await fetch(url, {
      method,
      headers,
      ...(method === 'GET' ? {} : { body: new Uint8Array(body) }),
      // To another region; the signature would not be valid there.
      redirect: 'manual',
      cache: 'no-store',
      signal,
    });
    if (response.ok) return response;
    throw await readError(response);
  }

  return {
    async putObject(name, body, signal) {
      const headers = { 'content-type': 'application/octet-stream', 'if-none-match': '*' };
      const response = await send({ method: 'PUT', name, headers, body, signal });
      await response.body?.cancel();
    },

    async getObject(name, signal) {
      try {
        return await readWhole(await send({ method: 'GET', name, signal }));
      } catch (error) {
        // Not for every 404: the bucket may be missing.
        if (error instanceof S3Error && error.code === 'NoSuchKey') return null;
        throw error;
      }
    },

    async deleteObjects(names, signal) {
      const objects = names.map((name) => `<Object><Key>${name}</Key></Object>`).join('');
      const body = Buffer.from(
        `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Quiet>true</Quiet>${objects}</Delete>`,
      );
      // S3 demands it for this operation, besides the signed hash.
      const headers = { 'content-type': 'application/xml', 'content-md5': digest('md5', body, 'base64') };
      await checkDeleted(await send({ method: 'POST', query: { delete: '' }, headers, body, signal }));
    },

    async listObjects(query, signal) {
      // Encoded, because XML has no form for some of the characters that names of objects may have.
      const fixed = { 'list-type': '2', 'encoding-type': 'url' };
      return await readListing(await send({ method: 'GET', query: { ...fixed, ...query }, signal }));
    },
  };
}

/**
 * The bucket in the path of the address, which every service accepts. Amazon alone prefers it in the host's
 * name, where a bucket with dots would not match the certificate.
 */
export function bucketUrl({ bucket, endpoint, region }: S3Settings): string {
  if (endpoint !== undefined) return `${endpoint.replace(/\/+$/, '')}/${bucket}`;
  const host = `s3.${region}.amazonaws.com`;
  return bucket.includes('.') ? `https://${host}/${bucket}` : `https://${bucket}.${host}`;
}

function digest(algorithm: string, body: Uint8Array, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(body).digest(encoding);
}
