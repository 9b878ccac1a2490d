import { countLineBreaks } from '../line-breaks';
import { findAssignments } from './find-assignments';
import { isExampleToken, isPlaceholder } from './placeholder';
import { type Findings, nextOf, STEP, searchInSteps } from './search-in-steps';
import type { Span } from './span';
import { type CredentialKind, TOKEN_RULES, type TokenRule } from './token-rules';

/** A part of a text that is secret. What it says is not repeated here, so that it cannot get into a log. */
export interface Credential extends Span {
  kind: CredentialKind;
  /** Where the credential begins, from 1 on; breaks are \n, \r\n and \r alone. */
  line: number;
}

const PRIVATE_KEY = '-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----';
/** Every token begins where a word does, which spares most characters from being compared with all starts. */
const START = new RegExp(
  `(${PRIVATE_KEY})|(://)|\\b(?:${TOKEN_RULES.map(({ start }) => `(${start})`).join('|')})`,
  'g',
);
const RULES = TOKEN_RULES.map((rule) => ({ ...rule, pattern: new RegExp(rule.rest, 'y') }));
const WORD_CHARACTER = /[A-Za-z0-9_-]/;
const DASHES = '-----';
/** The least that a key has in one line. */
const KEY_LINE = /[A-Za-z0-9+/=]{40}/;
const KEY_LOOKED_AT = 2_000;
const KEY_CHARACTERS = /[A-Za-z0-9+/=\\\r\n]{40,65536}/y;
/** What may stand between the line that begins a key and the key: blanks, the signs of a string, header lines. */
const BEFORE_KEY = /^(?:[\s"'`+,>#/*-]|\\[nr]|[A-Za-z][A-Za-z-]{0,40}: [^\r\n\\]{0,200}(?=[\r\n\\]))*$/;
const KEY_END = '-----END ';
const MAX_KEY = 64 * 1024;
const MAX_SCHEME = 20;
const MAX_AUTHORITY = 512;

type Found = Omit<Credential, 'line'>;

/**
 * The credentials of a text, in order and without overlaps. Linear: each place is looked at a bounded number of
 * times, by patterns that are bounded themselves.
 * @param options.limit after how many to stop
 * @param options.step how many characters are searched between two yields; the result does not depend on it
 */
export function* findCredentials(
  text: string,
  { limit = Number.POSITIVE_INFINITY, step = STEP }: { limit?: number | undefined; step?: number } = {},
): Findings<Credential> {
  const byForm = searchInSteps({
    text,
    pattern: START,
    limit,
    step,
    read: (match, at) => {
      const found = readCredential(text, match, at);
      const end = at + match[0].length;
      return { found, next: Math.max(found?.to ?? 0, end) };
    },
  });
  let line = 1;
  let at = 0;
  let count = 0;
  for (const found of merge(byForm, findAssignments(text, { limit, step }))) {
    if (found) {
      line += yield* countLineBreaks(text, at, found.from);
      at = found.from;
      count += 1;
    }
    yield found && { ...found, line };
    if (count >= limit) return;
  }
}

function readCredential(text: string, match: RegExpExecArray, at: number): Found | null {
  const [start, privateKey, url, ...tokens] = match;
  const end = at + start.length;
  if (privateKey !== undefined) return readPrivateKey(text, end);
  if (url !== undefined) return readUrlPassword(text, { at, end });
  const rule = RULES[tokens.findIndex((token) => token !== undefined)];
  if (!rule || WORD_CHARACTER.test(text.charAt(at - 1))) return null;
  return readToken(text, { rule, at, end });
}

interface TokenStart {
  rule: TokenRule & { pattern: RegExp };
  at: number;
  end: number;
}

function readToken(text: string, { rule, at, end }: TokenStart): Found | null {
  const start = text.slice(at, end);
  rule.pattern.lastIndex = end;
  const rest = rule.pattern.exec(text);
  if (!rest) return null;
  const to = end + rest[0].length;
  const from = rest[1] === undefined ? at : to - rest[1].length;
  const token = text.slice(from, to);
  if (isExampleToken(token) || (rule.kind === 'authorization' && !isHeaderValue(start, token))) return null;
  return { kind: rule.kind, from, to };
}

/** Not a word of a sentence, nor the password of an example. */
function isHeaderValue(scheme: string, value: string): boolean {
  if (/^basic/i.test(scheme)) {
    const [, password = ''] = /^[^:]{0,200}:([\x21-\x7e]{4,200})$/.exec(decodeBase64(value)) ?? [];
    return password !== '' && !isPlaceholder(password);
  }
  return /\d/.test(value) && /[a-z]/i.test(value) && !isPlaceholder(value);
}

function decodeBase64(value: string): string {
  try {
    return atob(value);
  } catch {
    return '';
  }
}

/** What stands between the lines that begin and end a key; of a key that is cut off, what is there of it. */
function readPrivateKey(text: string, end: number): Found | null {
  const length = text.slice(end, end + MAX_KEY + DASHES.length).indexOf(DASHES);
  const next = length < 0 ? null : end + length;
  const limit = next ?? end + MAX_KEY;
  const line = KEY_LINE.exec(text.slice(end, Math.min(limit, end + KEY_LOOKED_AT)));
  if (!line) return null;
  KEY_CHARACTERS.lastIndex = end + line.index;
  const isWhole = next !== null && text.startsWith(KEY_END, next);
  if (!isWhole && !BEFORE_KEY.test(text.slice(end, end + line.index))) return null;
  if (!isWhole) KEY_CHARACTERS.test(text);
  const key = text.slice(end, isWhole ? next : KEY_CHARACTERS.lastIndex);
  const from = end + (key.length - key.trimStart().length);
  return { kind: 'private_key', from, to: from + key.trim().length };
}

/** The password in `scheme://user:password@host`. */
function readUrlPassword(text: string, { at, end }: { at: number; end: number }): Found | null {
  if (!WORD_CHARACTER.test(text.charAt(at - 1))) return null;
  if (!/[a-z][a-z0-9+.-]{0,19}$/i.test(text.slice(Math.max(0, at - MAX_SCHEME), at))) return null;
  const authority = /^[^\s/?#"'<>`\\[\]{}()|]*/.exec(text.slice(end, end + MAX_AUTHORITY))?.[0] ?? '';
  const colon = authority.indexOf(':');
  const sign = authority.lastIndexOf('@');
  if (colon < 0 || sign < colon || sign === authority.length - 1) return null;
  const user = authority.slice(0, colon);
  const password = authority.slice(colon + 1, sign);
  const isPort = /^\d{1,5}$/.test(password);
  if (password.length < 4 || isPort || password === user || isPlaceholder(password)) return null;
  if (/^[$%*:]/.test(password) && !/^%[0-9a-f]{2}/i.test(password)) return null;
  return { kind: 'url_password', from: end + colon + 1, to: end + sign };
}

/** Both in order; of what overlaps, the kind that is known by its form. */
function* merge(byForm: Findings<Found>, assigned: Findings<Span>): Findings<Found> {
  let next = yield* nextOf(byForm);
  let end = 0;
  for (const span of assigned) {
    if (!span) {
      yield;
      continue;
    }
    for (; next && next.from < span.to; next = yield* nextOf(byForm)) {
      end = next.to;
      yield next;
    }
    if (span.from < end) continue;
    end = span.to;
    yield { kind: 'assignment', from: span.from, to: span.to };
  }
  for (; next; next = yield* nextOf(byForm)) yield next;
}
