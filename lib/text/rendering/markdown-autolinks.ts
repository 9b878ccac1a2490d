import type { Token } from 'markdown-it';

const WORD_MAX = 300;
const LOCAL_PART = /(?:mailto:)?[\w.+-]{1,64}$/i;
const DOMAIN = /[\w-]+(?:\.[\w-]+)+/y;
const HOST = /^www(?:\.[\p{L}\p{N}_-]+)+/iu;
const END_MARKS = /(?:[?!.,:*_~'"]|&[a-z0-9]{1,31};)$/i;

interface Link {
  readonly from: number;
  readonly to: number;
  readonly href: string;
}

/**
 * Makes links of `www.` addresses and of mailboxes, by the rules of GitHub's autolinks, and no link of the beginning
 * of `https://name@host/`. @param toHref escapes an address as links have it
 */
export function linkAddresses(tokens: readonly Token[], toHref: (url: string) => string): Token[] {
  const joined: Token[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.markup === 'linkify' && token.nesting > 0 && followedByHost(tokens, at + 3)) {
      becomeText(token);
      becomeText(tokens[at + 2]);
    }
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
    else for (const piece of split(token, toHref)) linked.push(piece);
  }
  return linked;
}

/** Whether the word goes on with an `@`, behind which the host would be. */
function followedByHost(tokens: readonly Token[], from: number): boolean {
  let rest = '';
  for (let at = from; at < from + WORD_MAX && rest.length < WORD_MAX; at++) {
    const token = tokens[at];
    if (!token || token.type === 'softbreak' || token.type === 'hardbreak') break;
    rest += token.content.slice(0, WORD_MAX);
    if (/\s/.test(rest)) break;
  }
  return /^\S*@/.test(rest);
}

function becomeText(token: Token | undefined): void {
  if (token) Object.assign(token, { type: 'text', tag: '', nesting: 0 });
}

function* split(token: Token, toHref: (url: string) => string): Generator<Token> {
  const { content } = token;
  const make = (type: string, nesting: -1 | 0 | 1, text = '') =>
    Object.assign(new (token.constructor as typeof Token)(type, nesting === 0 ? '' : 'a', nesting), {
      content: text,
    });
  let written = 0;
  for (const { from, to, href } of addressesIn(content)) {
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

function* addressesIn(text: string): Generator<Link> {
  const starts = /www\.|@/gi;
  for (let found = starts.exec(text); found; found = starts.exec(text)) {
    const link = found[0] === '@' ? mailboxAt(text, found.index) : hostAt(text, found.index);
    if (!link) continue;
    yield link;
    starts.lastIndex = link.to;
  }
}

function mailboxAt(text: string, at: number): Link | null {
  const word = /\S*$/.exec(text.slice(Math.max(0, at - WORD_MAX), at))?.[0] ?? '';
  const [local] = LOCAL_PART.exec(word) ?? [];
  DOMAIN.lastIndex = at + 1;
  const [domain] = DOMAIN.exec(text) ?? [];
  // Within an address with a path, it would be a name before the host.
  if (local === undefined || domain === undefined || word.includes('/') || word.length === WORD_MAX)
    return null;
  const end = at + 1 + domain.length;
  if (/[_-]$/.test(domain) || text[end] === '@') return null;
  const from = at - local.length;
  return { from, to: end, href: `mailto:${text.slice(from, end).replace(/^mailto:/i, '')}` };
}

function hostAt(text: string, at: number): Link | null {
  if (at > 0 && !/[\s*_~(]/.test(text.charAt(at - 1))) return null;
  const rest = /[^\s<]*/y;
  rest.lastIndex = at;
  const address = withoutEnd(rest.exec(text)?.[0] ?? '');
  const [host] = HOST.exec(address) ?? [];
  if (host === undefined || host.split('.').slice(-2).join().includes('_')) return null;
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
