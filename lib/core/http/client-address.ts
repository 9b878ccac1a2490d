import { randomBytes } from 'node:crypto';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { LRUCache } from 'lru-cache';
import { env } from '../env';
import { perProcess } from '../per-process';

/**
 * Carries the client's address from `admitRequest` to the code behind it, after a mark that only this process
 * knows. Read it with `clientAddressOf`. A client's own copy is overwritten.
 */
export const CLIENT_ADDRESS_HEADER = 'x-sheaf-client';

const UNKNOWN_ADDRESS = 'unknown';

let trusted: BlockList | undefined;
/** Whether the last addresses are of trusted proxies: a check takes a hundred times as long as the look-up of one. */
const verdicts = new LRUCache<string, boolean>({ max: 1_000 });
const MAX_ADDRESS_LENGTH = 45;

/**
 * The client's address, or `unknown` where `admitRequest` did not see the request. A serverless platform may
 * bypass it; its proxy then overwrites the forwarded headers.
 */
export function clientAddressOf(headers: { get(name: string): string | null | undefined }): string {
  const admitted = headers.get(CLIENT_ADDRESS_HEADER);
  if (admitted?.startsWith(`${mark()} `)) return withoutMark(admitted);
  if (!env().VERCEL) return UNKNOWN_ADDRESS;
  const platform = [headers.get('x-forwarded-for')?.split(',')[0], headers.get('x-real-ip')];
  return platform.map((value) => normalizeAddress(value?.trim() ?? '')).find(isIP) ?? UNKNOWN_ADDRESS;
}

const secret = perProcess('admitted', () => randomBytes(16).toString('base64url'));

/** Unknown to clients: an address that carries it was set by `admitRequest` in this process. */
function mark(): string {
  return secret.get();
}

/** The value of `CLIENT_ADDRESS_HEADER` for an address. */
export function markAddress(address: string): string {
  return `${mark()} ${address}`;
}

/** The address in a value of `CLIENT_ADDRESS_HEADER`. */
export function withoutMark(value: string): string {
  return value.slice(value.indexOf(' ') + 1);
}

/**
 * The address of the client behind a connection: the peer itself, or what `X-Forwarded-For` says where the
 * peer is a trusted proxy or the platform.
 */
export function resolveClientAddress(peer: string, forwarded: string | string[] | undefined): string {
  const direct = normalizeAddress(peer);
  const chain = String(forwarded ?? '')
    .split(',')
    .map((part) => normalizeAddress(withoutPort(part.trim())));
  if (env().VERCEL) return isIP(chain[0] ?? '') === 0 ? direct : (chain[0] ?? direct);
  let client = direct;
  while (isTrustedProxy(client)) {
    const before = chain.pop();
    // An entry that is not an address ends the chain: entries left of it may be forged.
    if (before === undefined || isIP(before) === 0) break;
    client = before;
  }
  return client;
}

function isTrustedProxy(address: string): boolean {
  const known = verdicts.get(address);
  if (known !== undefined) return known;
  trusted ??= parseRanges(env().TRUSTED_PROXIES);
  const isTrusted = isIP(address) !== 0 && trusted.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  // What a client sends as its address may be long.
  if (address.length <= MAX_ADDRESS_LENGTH) verdicts.set(address, isTrusted);
  return isTrusted;
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

/** The key that a limit counts by: the address itself, or the /64 of an IPv6 address (one household). */
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
