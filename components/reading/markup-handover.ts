import { perProcess } from '@/lib/core/per-process';

/*
 * React sends what a server component passes to a client component twice: as HTML, and as data for hydration.
 * For a text of a megabyte, that is a megabyte too much. So the HTML waits here, in the process that renders
 * both, and only a token is passed; the browser keeps the HTML it was served.
 */
const REMEMBERED = 1_000;

const waiting = perProcess('waiting-markup', () => new Map<string, string>());
const discarded = perProcess('discarded-markup', () => new Set<string>());

/** Stores markup. @returns its token; call `discardMarkup` with it when the response is complete */
export function leaveMarkup(html: string): string {
  const token = crypto.randomUUID();
  waiting.get().set(token, html);
  return token;
}

export function discardMarkup(token: string): void {
  waiting.get().delete(token);
  const tokens = discarded.get();
  tokens.add(token);
  for (const oldest of tokens) {
    if (tokens.size <= REMEMBERED) break;
    tokens.delete(oldest);
  }
}

export function takeMarkup(token: string): string {
  const html = waiting.get().get(token);
  // When the client disconnects, the response ends before the page is rendered, and the rest is not sent.
  if (html === undefined && discarded.get().has(token)) return '';
  if (html === undefined) throw new Error('markup is missing or was discarded');
  return html;
}
