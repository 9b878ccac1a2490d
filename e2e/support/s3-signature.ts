import { createHash, createHmac } from 'node:crypto';

/** A request as AWS Signature Version 4 sees it. */
export interface SignedRequest {
  method: string;
  /** Path and query as sent. */
  target: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** The headers that are signed, sorted by name. */
  signedHeaders: readonly string[];
}

export interface SigningKey {
  secretAccessKey: string;
  /** `YYYYMMDD` in UTC. */
  date: string;
  region: string;
}

/**
 * The signature of a request to S3, written after "Authenticating Requests: Using the Authorization Header" in
 * Amazon's API reference, so that it does not share an error with the driver's library.
 */
export function signRequest(request: SignedRequest, { secretAccessKey, date, region }: SigningKey): string {
  const scope = `${date}/${region}/s3/aws4_request`;
  const timestamp = request.headers['x-amz-date'] ?? '';
  const hash = createHash('sha256').update(canonicalRequest(request)).digest('hex');
  const key = [date, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${hash}`).toString('hex');
}

function canonicalRequest({ method, target, headers, signedHeaders }: SignedRequest): string {
  const [path = '/', query = ''] = target.split('?');
  const parameters = query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return `${reencode(name)}=${reencode(value)}`;
    });
  return [
    method,
    path.split('/').map(reencode).join('/'),
    parameters.sort().join('&'),
    ...signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    headers['x-amz-content-sha256'],
  ].join('\n');
}

/** Percent-encodes everything but the unreserved characters of RFC 3986. */
function reencode(text: string): string {
  const encoded = encodeURIComponent(decodeURIComponent(text.replaceAll('+', ' ')));
  return encoded.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
