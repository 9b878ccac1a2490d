import type { IncomingMessage } from 'node:http';
import { env } from '../env';
import { CLIENT_ADDRESS_HEADER, markAddress, resolveClientAddress, withoutMark } from './client-address';

/** Proves to the Next child that a request comes from its own front. */
export const FRONT_TOKEN_HEADER = 'x-sheaf-front';

/** A serverless host sets these itself, and its functions need them again after the middleware. */
const FORWARDED_HEADERS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-real-ip',
];

const FORGED_HEADERS = ['cf-connecting-ip', 'true-client-ip', 'x-client-ip', 'x-middleware-subrequest'];

/**
 * Normalizes a request. Call it once, before anything else reads the request: it reduces the target to a path,
 * replaces a missing, repeated or malformed Host by the host of `APP_URL`, resolves the client's address into
 * `CLIENT_ADDRESS_HEADER`, and deletes headers that could forge it. On VERCEL, forwarded headers stay: the host sets
 * them, and its middleware passes them on to the function.
 */
export function admitRequest(request: IncomingMessage): void {
  request.url = decodableUrl(originForm(request.url ?? '/'));
  // `Request` does not accept TRACE; PROPFIND gets the same answer.
  if (request.method === 'TRACE') request.method = 'PROPFIND';
  const { headers } = request;
  if (!hasOneHost(request)) setHost(request, new URL(env().APP_URL).host);
  const token = env().FRONT_TOKEN;
  const forwarded =
    token !== undefined && headers[FRONT_TOKEN_HEADER] === token && headers[CLIENT_ADDRESS_HEADER];
  const address = forwarded
    ? withoutMark(String(forwarded))
    : resolveClientAddress(request.socket.remoteAddress ?? '', headers['x-forwarded-for']);
  delete headers[FRONT_TOKEN_HEADER];
  for (const name of FORGED_HEADERS) delete headers[name];
  if (!env().VERCEL) for (const name of FORWARDED_HEADERS) delete headers[name];
  headers[CLIENT_ADDRESS_HEADER] = markAddress(address);
}

/** The path and query of a request target, which may be a whole URL (as sent to a proxy) or `*`. */
function originForm(target: string): string {
  const path = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  return `/${path.replace(/^[/\\]+/, '')}`;
}

/**
 * Whether there is exactly one Host header with a valid host and optional port. Node itself rejects a request
 * of HTTP/1.1 without one.
 */
function hasOneHost({ headers, rawHeaders, httpVersion }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length === 0) return httpVersion === '1.1';
  const host = headers.host ?? '';
  const isOne = hosts.length === 1 && /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host);
  return isOne && URL.canParse(`http://${host}`);
}

function setHost(request: IncomingMessage, host: string): void {
  request.headers.host = host;
  const others = request.rawHeaders.flatMap((name, index, raw) =>
    index % 2 === 0 && name.toLowerCase() !== 'host' ? [name, raw[index + 1] ?? ''] : [],
  );
  request.rawHeaders = ['Host', host, ...others];
}

/** Escapes each `%` of a path that is not valid percent-encoding, to which Next would respond with 500. */
function decodableUrl(url: string): string {
  const [path = '', ...rest] = url.split('?');
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return [path.replaceAll('%', '%25'), ...rest].join('?');
  }
}
