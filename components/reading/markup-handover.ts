/*
 * What a server component passes to a client component is sent twice: as HTML, and as data for React to
 * take the page over. For a text of a megabyte that is a megabyte too many. So the HTML waits here, in
 * the one process that renders both, and only its token is passed; the browser keeps what it was served.
 */
const REMEMBERED = 1_000;

const globals = globalThis as typeof globalThis & {
  sheafMarkup?: Map<string, string>;
  sheafDiscardedMarkup?: Set<string>;
};

function waiting(): Map<string, string> {
  globals.sheafMarkup ??= new Map();
  return globals.sheafMarkup;
}

function discarded(): Set<string> {
  globals.sheafDiscardedMarkup ??= new Set();
  return globals.sheafDiscardedMarkup;
}

/** @returns the token to pass; to be discarded when the response is done */
export function leaveMarkup(html: string): string {
  const token = crypto.randomUUID();
  waiting().set(token, html);
  return token;
}

export function discardMarkup(token: string): void {
  waiting().delete(token);
  const tokens = discarded();
  tokens.add(token);
  for (const oldest of tokens) {
    if (tokens.size <= REMEMBERED) break;
    tokens.delete(oldest);
  }
}

export function takeMarkup(token: string): string {
  const html = waiting().get(token);
  // A client that has hung up ends the response before the page is rendered; what is rendered then goes nowhere.
  if (html === undefined && discarded().has(token)) return '';
  if (html === undefined) throw new Error('markup was not left, or is gone already');
  return html;
}
