/*
 * React sends what a server component passes to a client component twice: as HTML, and as data for hydration.
 * For a text of a megabyte, that is a megabyte too much. So the HTML waits here, in the process that renders
 * both, and only a token is passed; the browser keeps the HTML it was served.
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

/** Stores markup. @returns its token; call `discardMarkup` with it when the response is complete */
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
  // When the client disconnects, the response ends before the page is rendered, and the rest is not sent.
  if (html === undefined && discarded().has(token)) return '';
  if (html === undefined) throw new Error('markup is missing or was discarded');
  return html;
}
