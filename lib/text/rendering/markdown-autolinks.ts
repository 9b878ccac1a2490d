import type { Token } from 'markdown-it';

const ADDRESS_MAX = 2_048;
const LOCAL_PART_MAX = 64;
const MAILTO = 'mailto:';
const DOMAIN = /[\w-]+(?:\.[\w-]+)+/y;
const HOST = /www(?:\.[\p{L}\p{N}_-]+)+/iuy;
const WORD = /[^\s<]*/y;
const END_MARKS = /(?:[?!.,:*_~'"]|&[a-z0-9]{1,31};)$/i;
/** What `withoutEnd` removes behind a host. */
const END_OF_WORD = /(?:[?!.,:*_~'")]|&[a-z0-9]{1,31};)*(?=[\s<]|$)/iy;

interface Link {
  readonly from: number;
  readonly to: number;
  readonly href: string;
}

/** What begins like an address and is none. */
interface Refused {
  /** Where to go on, so that no part of a text is read again and again. */
  readonly to: number;
  readonly href: null;
}

interface LinkOptions {
  /** Escapes an address as links have it. */
  readonly toHref: (url: string) => string;
  /** Called for each part of a text that may belong to an address. */
  readonly step: () => void;
}

/**
 * Makes links of `www.` addresses and of mailboxes, by the rules of GitHub's autolinks, and no link of the beginning
 * of `https://name@host/`.
 */
export function linkAddresses(tokens: readonly Token[], options: LinkOptions): Token[] {
  unlinkNames(tokens);
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (last?.type === 'text' && token.type === 'text') last.content += token.content;
    else joined.push(token);
  }
  const linked: Token[] = [];
  let links = 0;
  for (const token of joined) {
    if (token.type === 'link_open') links++;
    if (token.type === 'link_close') links--;
    if (token.type !== 'text' || links > 0) linked.push(token);
    else for (const piece of split(token, options)) linked.push(piece);
  }
  return linked;
}

/** Makes text of links whose word goes on behind them with an `@`, where the host would be. */
function unlinkNames(tokens: readonly Token[]): void {
  let isName = false;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at] as Token;
    if (isName && token.markup === 'linkify' && token.nesting < 0) {
      becomeText(tokens[at - 2]);
      becomeText(token);
    }
    const [mark] = token.type.endsWith('break') ? [' '] : (/[\s@]/.exec(token.content) ?? []);
    if (mark !== undefined) isName = mark === '@';
  }
}

function becomeText(token: Token | undefined): void {
  if (token) Object.assign(token, { type: 'text', tag: '', nesting: 0 });
}

function* split(token: Token, { toHref, step }: LinkOptions): Generator<Token> {
  const { content } = token;
  const make = (type: string, nesting: -1 | 0 | 1, text = '') =>
    Object.assign(new (token.constructor as typeof Token)(type, nesting === 0 ? '' : 'a', nesting), {
      content: text,
    });
  let written = 0;
  for (const { from, to, href } of addressesIn(content, step)) {
    const open = make('link_open', 1);
    open.attrSet('href', toHref(href));
    yield make('text', 0, content.slice(written, from));
    yield open;
    yield make('text', 0, content.slice(from, to));
    yield make('link_close', -1);
    written = to;
  }
  if (written === 0) yield token;
  else yield make('text', 0, content.slice(written));
}

function* addressesIn(text: string, step: () => void): Generator<Link> {
  const marks = /www\.|[@/]|\s+/gi;
  let written = 0;
  // Within an address with a path, a mailbox would be a name before the host.
  let hasPath = false;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    step();
    const [mark] = found;
    let address: Link | Refused | null = null;
    if (mark === '/') hasPath = true;
    else if (mark === '@') address = hasPath ? null : mailboxAt(text, found.index, written);
    else if (mark.trim() === '') hasPath = false;
    else address = hostAt(text, found.index);
    if (!address) continue;
    marks.lastIndex = address.to;
    if (address.href === null) continue;
    yield address;
    written = address.to;
  }
}

function mailboxAt(text: string, at: number, begin: number): Link | null {
  let from = at;
  while (from > begin && at - from <= LOCAL_PART_MAX && /[\w.+-]/.test(text.charAt(from - 1))) from--;
  if (from === at || at - from > LOCAL_PART_MAX) return null;
  DOMAIN.lastIndex = at + 1;
  const [domain] = DOMAIN.exec(text) ?? [];
  if (domain === undefined || /[_-]$/.test(domain)) return null;
  const to = at + 1 + domain.length;
  if (text[to] === '@') return null;
  const href = MAILTO + text.slice(from, to);
  const scheme = text.slice(Math.max(begin, from - MAILTO.length), from);
  return { from: scheme.toLowerCase() === MAILTO ? from - MAILTO.length : from, to, href };
}

function hostAt(text: string, at: number): Link | Refused | null {
  if (at > 0 && !/[\s*_~(]/.test(text.charAt(at - 1))) return null;
  HOST.lastIndex = at;
  const [host] = HOST.exec(text) ?? [];
  if (host === undefined) return null;
  const end = at + host.length;
  END_OF_WORD.lastIndex = end;
  const labels = (END_OF_WORD.test(text) ? withoutEnd(host) : host).split('.').slice(-2);
  if (labels.length < 2 || labels.join().includes('_')) return { to: end, href: null };
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0] ?? host;
  if (word.length > ADDRESS_MAX) return { to: at + word.length, href: null };
  const address = withoutEnd(word);
  return { from: at, to: at + address.length, href: `http://${address}` };
}

/** The address without the marks that end a sentence, and without a bracket that was opened before it. */
function withoutEnd(address: string): string {
  let closing = address.split(')').length - address.split('(').length;
  let end = address.length;
  for (;;) {
    // Longer than any mark.
    const tail = address.slice(Math.max(0, end - 40), end);
    const mark = END_MARKS.exec(tail)?.[0];
    if (mark !== undefined) end -= mark.length;
    else if (tail.endsWith(')') && closing > 0) {
      closing--;
      end--;
    } else return address.slice(0, end);
  }
}
