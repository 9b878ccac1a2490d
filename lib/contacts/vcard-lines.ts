/** A property of a vCard, as a line of the file says it. */
export interface Property {
  name: string;
  /** In capitals: `TYPE=HOME`, or `HOME` alone as version 2.1 writes it. */
  params: string[];
  /** Null when it is not text in the character set that it names. */
  value: string | null;
}

export interface Line {
  number: number;
  text: string;
}

/** Lines that go on in the next one are joined, those of quoted-printable values too. */
export function unfoldLines(text: string): Line[] {
  const lines: { number: number; pieces: string[]; isSoft: boolean }[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const last = lines.at(-1);
    if (last?.isSoft) {
      last.isSoft = raw.endsWith('=');
      last.pieces.push(last.isSoft ? raw.slice(0, -1) : raw);
    } else if (last && /^[ \t]/.test(raw)) {
      last.pieces.push(raw.slice(1));
    } else {
      const isSoft = raw.endsWith('=') && /;(?:ENCODING=)?QUOTED-PRINTABLE/i.test(raw.split(':', 1)[0] ?? '');
      lines.push({ number: index + 1, pieces: [isSoft ? raw.slice(0, -1) : raw], isSoft });
    }
  }
  return lines.map(({ number, pieces }) => ({ number, text: pieces.join('') }));
}

export function readProperty(line: string): Property | null {
  const colon = endOfHead(line);
  if (colon < 0) return null;
  const [path = '', ...params] = line.slice(0, colon).toUpperCase().split(';');
  const name = path.slice(path.lastIndexOf('.') + 1).trim();
  return { name, params, value: decodeValue(line.slice(colon + 1), params) };
}

/** The first colon that is not between quotes; of a quote that never ends, the first at all. */
function endOfHead(line: string): number {
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (character === '"') isQuoted = !isQuoted;
    else if (character === ':' && !isQuoted) return at;
  }
  return line.indexOf(':');
}

function decodeValue(value: string, params: readonly string[]): string | null {
  if (!params.some((param) => /^(?:ENCODING=)?(?:QUOTED-PRINTABLE|Q)$/.test(param.trim()))) return value;
  const charset = params.find((param) => param.startsWith('CHARSET='))?.slice('CHARSET='.length) ?? 'UTF-8';
  return decodeQuotedPrintable(value, charset.replaceAll('"', '').trim());
}

function decodeQuotedPrintable(value: string, charset: string): string | null {
  const bytes = Buffer.from(value, 'utf8')
    .toString('latin1')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  try {
    return new TextDecoder(charset, { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return null;
  }
}
