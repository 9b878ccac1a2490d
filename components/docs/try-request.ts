export interface TryParameter {
  name: string;
  place: 'path' | 'query' | 'header';
  required: boolean;
}

export interface TryRequest {
  method: string;
  path: string;
  parameters: readonly TryParameter[];
  values: Readonly<Record<string, string>>;
  token: string;
  body: { kind: 'json'; text: string } | { kind: 'file'; file: File } | null;
}

export interface TryAnswer {
  status: number;
  ms: number;
  headers: string;
  /** Null where it is not text. */
  text: string | null;
  bytes: number;
}

const SHOWN_MAX = 100_000;

/** Sends the request to this service, without cookies. Rejects if there is no response. */
export async function sendTry(request: TryRequest): Promise<TryAnswer> {
  const { method, token, body } = request;
  const headers = new Headers();
  for (const { name, place } of request.parameters) {
    const value = request.values[name] ?? '';
    if (place === 'header' && value !== '') headers.set(name, value);
  }
  if (token !== '') headers.set('Authorization', `Bearer ${token}`);
  if (body?.kind === 'json') headers.set('Content-Type', 'application/json');
  const start = performance.now();
  const answer = await fetch(addressOf(request), {
    method,
    headers,
    body: body === null ? null : contentOf(body),
    credentials: 'omit',
    cache: 'no-store',
  });
  const bytes = await answer.arrayBuffer();
  return {
    status: answer.status,
    ms: Math.round(performance.now() - start),
    headers: [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n'),
    text: readText(bytes, answer.headers.get('content-type') ?? ''),
    bytes: bytes.byteLength,
  };
}

function contentOf(body: { kind: 'json'; text: string } | { kind: 'file'; file: File }): BodyInit {
  return body.kind === 'json' ? body.text : body.file;
}

function addressOf({ path, parameters, values }: TryRequest): string {
  const filled = path.replace(/\{(\w+)\}/g, (_match, name: string) => encodeURIComponent(values[name] ?? ''));
  const query = new URLSearchParams(
    parameters
      .filter(({ name, place }) => place === 'query' && (values[name] ?? '') !== '')
      .map(({ name }) => [name, values[name] ?? '']),
  );
  return query.size === 0 ? filled : `${filled}?${query}`;
}

function readText(bytes: ArrayBuffer, type: string): string | null {
  if (bytes.byteLength === 0) return '';
  if (!/^text\/|\bjson\b/.test(type)) return null;
  const text = new TextDecoder().decode(bytes);
  return (/\bjson\b/.test(type) ? indent(text) : text).slice(0, SHOWN_MAX);
}

function indent(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
