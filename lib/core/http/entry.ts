import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { env } from '../env';
import { perProcess } from '../per-process';

/**
 * Carries the client's address from the entry to the code behind it, after a mark that only this process
 * knows. Read it by `clientAddressOf`. A client's own copy is overwritten.
 */
export const CLIENT_ADDRESS_HEADER = 'x-sheaf-client';
/** Proves to the Next child that a request comes from its own front. */
export const FRONT_TOKEN_HEADER = 'x-sheaf-front';

const FORWARDED_HEADERS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-real-ip',
  'cf-connecting-ip',
  'true-client-ip',
  'x-client-ip',
  'x-middleware-subrequest',
];

const UNKNOWN_ADDRESS = 'unknown';

let trusted: BlockList | undefined;

/**
 * To be called once for every request, before anything reads it: makes of the request target a path of this
 * site, and of a missing, repeated or malformed Host the host of `APP_URL`; settles who the client is from the
 * socket (or from `X-Forwarded-For`, where the peer is a trusted proxy or the platform), deletes every
 * header by which a client could claim otherwise, and leaves the answer in `CLIENT_ADDRESS_HEADER`.
 */
export function admitRequest(request: IncomingMessage): void {
  request.url = decodableUrl(originForm(request.url ?? '/'));
  // No `Request` can be made with it; PROPFIND is refused where TRACE ought to be.
  if (request.method === 'TRACE') request.method = 'PROPFIND';
  const { headers } = request;
  if (!hasOneHost(request)) setHost(request, new URL(env().APP_URL).host);
  const token = env().FRONT_TOKEN;
  const settled =
    token !== undefined && headers[FRONT_TOKEN_HEADER] === token && headers[CLIENT_ADDRESS_HEADER];
  const address = settled
    ? withoutMark(String(settled))
    : clientAddress(request.socket.remoteAddress ?? '', headers['x-forwarded-for']);
  delete headers[FRONT_TOKEN_HEADER];
  for (const name of FORWARDED_HEADERS) delete headers[name];
  headers[CLIENT_ADDRESS_HEADER] = `${mark()} ${address}`;
}

/**
 * The address of whoever sent these headers, which is `unknown` where nobody settled it. On the platform a
 * host may hide requests from the entry; its own proxy then writes the forwarded headers, whatever was sent.
 */
export function clientAddressOf(headers: { get(name: string): string | null | undefined }): string {
  const admitted = headers.get(CLIENT_ADDRESS_HEADER);
  if (admitted?.startsWith(`${mark()} `)) return withoutMark(admitted);
  if (!env().VERCEL) return UNKNOWN_ADDRESS;
  const platform = [headers.get('x-forwarded-for')?.split(',')[0], headers.get('x-real-ip')];
  return platform.map((value) => normalizeAddress(value?.trim() ?? '')).find(isIP) ?? UNKNOWN_ADDRESS;
}

const secret = perProcess('admitted', () => randomBytes(16).toString('base64url'));

/** A client cannot know it: an address that carries it comes from `admitRequest` of this process. */
function mark(): string {
  return secret.get();
}

function withoutMark(value: string): string {
  return value.slice(value.indexOf(' ') + 1);
}

/** The path and query of a request target, which may be a whole URL (as sent to a proxy) or `*`. */
function originForm(target: string): string {
  const path = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  return `/${path.replace(/^[/\\]+/, '')}`;
}

/**
 * Whether there is one Host header with a name or an address in it, and a port if any. A request of HTTP/1.1
 * without any is refused by Node.
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

/** Next answers 500 where a path is no valid percent-encoding: its `%` is then taken literally. */
function decodableUrl(url: string): string {
  const [path = '', ...rest] = url.split('?');
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return [path.replaceAll('%', '%25'), ...rest].join('?');
  }
}

function clientAddress(peer: string, forwarded: string | string[] | undefined): string {
  const direct = normalizeAddress(peer);
  const chain = String(forwarded ?? '')
    .split(',')
    .map((part) => normalizeAddress(withoutPort(part.trim())));
  if (env().VERCEL) return isIP(chain[0] ?? '') === 0 ? direct : (chain[0] ?? direct);
  let client = direct;
  while (isTrustedProxy(client)) {
    const before = chain.pop();
    // What a proxy wrote and we cannot read ends the chain: whatever is left of it may be invented.
    if (before === undefined || isIP(before) === 0) break;
    client = before;
  }
  return client;
}

function isTrustedProxy(address: string): boolean {
  if (isIP(address) === 0) return false;
  trusted ??= parseRanges(env().TRUSTED_PROXIES);
  return trusted.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

function parseRanges(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

function withoutPort(address: string): string {
  return address.replace(/^\[([^\]]+)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
}

function normalizeAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '');
}

/** What a limit counts by: the address itself, or for IPv6 its /64, which is what one household gets. */
export function limitSubject(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = address.includes('::')
    ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
    : [];
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
