/*
 * What a server component passes to a client component is sent twice: as HTML, and as data for React to
 * take the page over. For a text of a megabyte that is a megabyte too many. So the HTML waits here, in
 * the one process that renders both, and only its token is passed; the browser keeps what it was served.
 */
const globals = globalThis as typeof globalThis & { sheafMarkup?: Map<string, string> };

function waiting(): Map<string, string> {
  globals.sheafMarkup ??= new Map();
  return globals.sheafMarkup;
}

/** @returns the token to pass; to be discarded when the response is done */
export function leaveMarkup(html: string): string {
  const token = crypto.randomUUID();
  waiting().set(token, html);
  return token;
}

export function discardMarkup(token: string): void {
  waiting().delete(token);
}

export function takeMarkup(token: string): string {
  const html = waiting().get(token);
  if (html === undefined) throw new Error('markup was not left, or is gone already');
  return html;
}
