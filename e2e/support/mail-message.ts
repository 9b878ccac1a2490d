/** A mail as it went over the wire, taken apart. */
export interface MailMessage {
  headers: Map<string, string>;
  html: string;
  text: string;
}

/** Reads a message of one `multipart/alternative`, or of one part. Not a mail reader: just what we send. */
export function parseMessage(source: string): MailMessage {
  const { headers, body } = splitHead(source);
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1];
  const sources = boundary === undefined ? [source] : body.split(`--${boundary}`).slice(1, -1);
  const parts = sources.map((part) => splitHead(part.replace(/^\r\n/, '')));
  return { headers, html: contentOf(parts, 'text/html'), text: contentOf(parts, 'text/plain') };
}

interface Part {
  headers: Map<string, string>;
  body: string;
}

function splitHead(source: string): Part {
  const end = source.indexOf('\r\n\r\n');
  const lines = source
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())] as const;
  });
  return { headers: new Map(headers), body: source.slice(end + 4) };
}

function contentOf(parts: Part[], type: string): string {
  const part = parts.find(({ headers }) => headers.get('content-type')?.startsWith(type));
  if (!part) return '';
  const body = part.body.replace(/\r\n$/, '');
  return decode(body, part.headers.get('content-transfer-encoding') ?? '').replaceAll('\r\n', '\n');
}

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  return encoding === 'quoted-printable' ? decodeQuoted(body.replace(/=\r\n/g, '')) : body;
}

/** `=?UTF-8?B?…?=` and `=?UTF-8?Q?…?=`; white space between two of them means nothing. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_word, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString()
        : decodeQuoted(text.replaceAll('_', ' ')),
    );
}

function decodeQuoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_code, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}
