import { connect } from 'node:net';

const ANSWER_WITHIN_MS = 15_000;

export interface RawAnswer {
  /** 0 if the connection was closed without an answer. */
  status: number;
  /** Names in small letters, in the order of the answer, repeated ones included. */
  headers: [name: string, value: string][];
  body: string;
}

interface RawRequest {
  method?: string;
  target: string;
  /** Whole lines, in addition to `Host` and `Connection: close`. */
  headers?: readonly string[];
  /** The lines of the Host header; none for a request without it. */
  hosts?: readonly string[];
  version?: '1.0' | '1.1';
  body?: string;
}

/** Sends a request exactly as it is written, which no HTTP client does. */
export function sendRawRequest(
  url: string,
  { method = 'GET', target, headers = [], hosts, version = '1.1', body = '' }: RawRequest,
): Promise<RawAnswer> {
  const names = (hosts ?? [new URL(url).host]).map((host) => `Host: ${host}`);
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body, 'latin1')}`];
  const head = [`${method} ${target} HTTP/${version}`, ...names, 'Connection: close', ...length, ...headers];
  return sendBytes(url, `${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Sends these characters, each one byte, and waits until the other side closes. */
export function sendBytes(url: string, text: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy(new Error(`no answer to ${text.slice(0, 80)}`)));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(parseAnswer(Buffer.concat(chunks).toString('latin1'))));
    socket.write(text, 'latin1');
  });
}

function parseAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = text.slice(0, Math.max(0, end)).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, body: text.slice(end + 4) };
}

/** The value of a header that is there once; null if it is missing, and an error if it is repeated. */
export function headerOf({ headers }: RawAnswer, name: string): string | null {
  const values = headers.filter(([one]) => one === name).map(([, value]) => value);
  if (values.length > 1) throw new Error(`${name} is there ${values.length} times: ${values.join(' | ')}`);
  return values[0] ?? null;
}
