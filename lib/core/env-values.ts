import { isIP } from 'node:net';
import { accentFault, MIN_CONTRAST, PAPER } from './accent';
import { normalizeEmail } from './email';
import { expiryOf, LIFETIMES, lifetimesWithin } from './lifetime';

const TRUE_WORDS = ['1', 'true', 'yes', 'on'];
const FALSE_WORDS = ['0', 'false', 'no', 'off'];
const PRINTABLE = /^[\x20-\x7e]+$/;
const BLOB_TOKEN = /^vercel_blob_rw_[^_\s]+_[\x21-\x7e]+$/;
/** An address, or a name and an address in angle brackets. Outside quotes, `,` separates mailboxes and `:` begins a group. */
const MAILBOX =
  /^(?:(?:"(?:[^"\\\p{Cc}]|\\["\\])*"|[^"\\<>@,:;()\p{Cc}]*?) *<(?<inBrackets>[^<>]*)>|(?<alone>[^<>]*))$/u;
const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/i;

/** What a variable holds, or what is wrong with it. */
type Reading<T> = { value: T } | { fault: string };

export interface Variable<T> {
  read(text: string | undefined): Reading<T>;
}

/** The format of a variable. Not a zod schema: every process reads its variables first, and zod is slow to load. */
export class Format<T> implements Variable<T> {
  readonly #expected: string;
  /** The value of a text; undefined where the text is not `expected`. */
  readonly parse: (text: string) => T | undefined;
  readonly #faultOf: (text: string) => string;

  constructor(
    expected: string,
    parse: (text: string) => T | undefined,
    faultOf = (_text: string) => `must be ${expected}`,
  ) {
    this.#expected = expected;
    this.parse = parse;
    this.#faultOf = faultOf;
  }

  read(text: string | undefined): Reading<T> {
    if (text === undefined) return { fault: `must be set to ${this.#expected}` };
    const value = this.parse(text);
    return value === undefined ? { fault: this.#faultOf(text) } : { value };
  }

  optional(): Variable<T | undefined> {
    return { read: (text) => (text === undefined ? { value: undefined } : this.read(text)) };
  }

  default(value: T): Variable<T> {
    return { read: (text) => (text === undefined ? { value } : this.read(text)) };
  }
}

/** A value whose text, without blanks at its ends, `parse` turns into `T`, or into undefined where it is not `expected`. */
function value<T>(expected: string, parse: (text: string) => T | undefined): Format<T> {
  return new Format(expected, (text) => parse(text.trim()));
}

/** Any text. */
export const anyText = new Format('a text', (text) => text);

/** A whole number in decimal digits. */
export function wholeNumber({ min, max }: { min: number; max: number }) {
  return value(`a whole number from ${min} to ${max}`, (text) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return number >= min && number <= max ? number : undefined;
  });
}

/** The most text of one paste that is ever allowed, in KiB. */
export const MAX_PASTE_KB = 4_096;
export const MAX_QUOTA = 100_000_000;
export const quota = wholeNumber({ min: 1, max: MAX_QUOTA });

export function decimalNumber({ min, max }: { min: number; max: number }) {
  return value(`a number from ${min} to ${max}`, (text) => {
    const number = /^\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN;
    return number >= min && number <= max ? number : undefined;
  });
}

export function parseFlag(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (TRUE_WORDS.includes(word)) return true;
  return FALSE_WORDS.includes(word) ? false : undefined;
}

export const flag = value('true or false (or 1/0, yes/no, on/off)', parseFlag);

export function oneOf<const T extends string>(words: readonly T[]) {
  return value(`one of ${words.join(', ')}`, (text) => words.find((word) => word === text));
}

/** A secret, taken as it is: blanks at its ends belong to it. */
export function secret(min: number) {
  return new Format(`a secret of at least ${min} characters`, (text) =>
    text.length >= min ? text : undefined,
  );
}

/** A secret that is sent in an HTTP header. */
export function headerSecret(min: number) {
  return value(`printable ASCII text of at least ${min} characters without line breaks`, (text) =>
    text.length >= min && PRINTABLE.test(text) ? text : undefined,
  );
}

/** Headers that are sent to a service, of which some may be secret. */
export const headerPairs = value('headers as name=value, separated by commas', (text) =>
  text.split(',').every((pair) => /^\s*[\w-]+\s*=[\x20-\x7e]+$/.test(pair)) ? text : undefined,
);

export const blobToken = value('the read-write token of a Vercel Blob store (vercel_blob_rw_…)', (text) =>
  BLOB_TOKEN.test(text) ? text : undefined,
);

export const bucketName = value(
  'the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens',
  (text) => (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text) && !text.includes('..') ? text : undefined),
);

export const bucketRegion = value('the region of the bucket, such as eu-central-1', (text) =>
  /^[a-z0-9][a-z0-9-]{0,39}$/i.test(text) ? text : undefined,
);

/** What the names of objects begin with. The result ends with a slash. */
export const objectPrefix = value(
  'folder names of letters, digits, dots, hyphens and underscores, separated by slashes: sheaf/bodies',
  (text) => {
    const path = text.replace(/\/$/, '');
    return path.length <= 200 && /^\w[\w.-]*(?:\/\w[\w.-]*)*$/.test(path) ? `${path}/` : undefined;
  },
);

/** Scheme, host, port and path. The result has no trailing slash. */
export const serviceUrl = value(
  'an http:// or https:// address without query, fragment or credentials',
  (text) => {
    const url = parseUrl(text, ['http:', 'https:']);
    return url !== undefined && /^[^?#@\\]+$/.test(text) ? url.href.replace(/\/+$/, '') : undefined;
  },
);

/** Scheme, host and port. The result has no trailing slash. */
export const httpOrigin = value(
  'an http:// or https:// address of a host without path, query, fragment or credentials',
  (text) => {
    const url = parseUrl(text, ['http:', 'https:']);
    const isOrigin = url !== undefined && /^[^?#@\\]+$/.test(text) && url.pathname === '/';
    return isOrigin ? url.origin : undefined;
  },
);

export const httpUrl = value('an http:// or https:// address', (text) =>
  parseUrl(text, ['http:', 'https:']) === undefined ? undefined : text,
);

export const postgresUrl = value(
  'a postgresql:// address, with special characters in user name and password percent-encoded',
  (text) =>
    parseUrl(text, ['postgres:', 'postgresql:'], { isHostFree: true }) === undefined ? undefined : text,
);

export const smtpUrl = value(
  'an smtp:// or smtps:// address, with special characters in user name and password percent-encoded',
  (text) => (parseUrl(text, ['smtp:', 'smtps:']) === undefined ? undefined : text),
);

export const listenHost = value(
  'an IP address (IPv6 without brackets) or a host name of this machine',
  (text) => (isIP(text) !== 0 || isHostName(text) ? text : undefined),
);

export const mailAddress = value(
  'an email address such as abuse@example.org',
  (text) => normalizeEmail(text) ?? undefined,
);

export const mailbox = value(
  'an email address, or a name with one: Sheaf <sheaf@example.org>, the name in double quotes if it has any of , : ; ( )',
  (text) => {
    const { inBrackets, alone } = MAILBOX.exec(text)?.groups ?? {};
    const address = inBrackets ?? alone ?? '';
    // A host of the local network has no dot.
    const isAddress = normalizeEmail(address.replace(/@([a-z\d-]+)$/i, '@$1.localhost')) !== null;
    return isAddress && !/\s/.test(address) ? text : undefined;
  },
);

export const lifetime = value(
  `one of ${LIFETIMES.join(', ')}, or an ISO 8601 duration of at most 100 years such as P10D`,
  (text) => (expiryOf(text, new Date()) === undefined ? undefined : text),
);

/** At least the shortest lifetime that is offered. */
export const longestLifetime = value(
  `one of ${LIFETIMES.join(', ')}, or an ISO 8601 duration of 10 minutes to 100 years such as P10D`,
  (text) => {
    const from = new Date();
    return lifetimesWithin(text, from).length > 0 && expiryOf(text, from) !== undefined ? text : undefined;
  },
);

export const originList = list('an origin such as https://app.example.org', (text) => {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s*]+\/?$/i.test(text) || !URL.canParse(text)) return undefined;
  const { origin, port } = new URL(text);
  if (port === '0') return undefined;
  return origin === 'null' ? text.replace(/\/$/, '') : origin;
});

export const addressRangeList = list('an IP address or a range such as 10.0.0.0/8', (text) => {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === 0 || address.includes('%') || rest.length > 0) return undefined;
  if (prefix === undefined) return text;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits ? text : undefined;
});

/** Domains of email addresses, in lower case. */
export const domainList = list('a domain such as example.org', (text) => {
  const domain = text.replace(/^@/, '').toLowerCase();
  return isHostName(domain) && normalizeEmail(`a@${domain}`) !== null ? domain : undefined;
});

export function oneLine(max: number) {
  return value(`one line of at most ${max} characters`, (text) =>
    text.length <= max && !/\p{Cc}/u.test(text) ? text : undefined,
  );
}

const MAX_NAME = 40;

/** What the instance is called. Format characters could hide or reorder what stands beside it. */
export const instanceName = value(
  `a name of 1 to ${MAX_NAME} characters in one line, without control or invisible characters`,
  (text) =>
    text !== '' && [...text].length <= MAX_NAME && !/[\p{C}\p{Zl}\p{Zp}]/u.test(text) ? text : undefined,
);

/** The result is in lower case. */
export const accentColour = new Format(
  'a colour such as #7a3e9d',
  (text) => {
    const colour = text.trim().toLowerCase();
    return accentFault(colour) === null ? colour : undefined;
  },
  (text) =>
    accentFault(text.trim().toLowerCase()) === 'form'
      ? 'must be a colour such as #7a3e9d'
      : `must be darker: text in it needs a contrast of ${MIN_CONTRAST}:1 on the light page (${PAPER.light})`,
);

/** Entries separated by commas or spaces. */
function list(expected: string, parse: (text: string) => string | undefined) {
  return new Format(`a list whose entries are each ${expected}`, (text) => {
    const entries = text.split(/[\s,]+/).filter(Boolean);
    const parsed = entries.map(parse).filter((entry) => entry !== undefined);
    return parsed.length === entries.length ? parsed : undefined;
  });
}

/** @param options.isHostFree whether the host may be absent, or the percent-encoded path of a socket */
function parseUrl(text: string, protocols: string[], { isHostFree = false } = {}): URL | undefined {
  if (/\s/.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!protocols.includes(url.protocol) || url.port === '0' || !(isHostFree || isHost(url.hostname))) {
    return undefined;
  }
  if (!text.toLowerCase().startsWith(`${url.protocol}//`)) return undefined;
  return [url.username, url.password].every(isDecodable) ? url : undefined;
}

/** Of a URL: an IP address, IPv6 in brackets, or a host name. */
function isHost(text: string): boolean {
  // Only the host of an http address is converted to ASCII.
  if (!URL.canParse(`http://${text}`)) return false;
  const { hostname } = new URL(`http://${text}`);
  return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 || isHostName(hostname);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Digits and dots alone are a mistyped address. */
function isHostName(text: string): boolean {
  return HOST_NAME.test(text) && !/^[\d.]+$/.test(text);
}
