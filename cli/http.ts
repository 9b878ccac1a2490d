import { Failure, reasonOf } from './failure';
import { printable } from './printable';

const MAX_REFUSAL_BYTES = 64 * 1024;

export interface Connection {
  /** An origin. */
  host: string;
  token: string | undefined;
  timeoutMs: number;
}

export interface Outgoing {
  method?: string;
  /** From `/` on. */
  path: string;
  headers?: Record<string, string>;
  body?: BodyInit;
  /** Of the answer. */
  maxBytes: number;
}

interface Answer {
  status: number;
  headers: Headers;
  body: Uint8Array;
}

/**
 * The body of a successful answer.
 * @throws Failure network, refused
 */
export async function fetchBytes(connection: Connection, outgoing: Outgoing): Promise<Uint8Array> {
  return (await fetchAnswer(connection, outgoing)).body;
}

/**
 * The JSON of a successful answer.
 * @throws Failure network, refused
 */
export async function fetchJson(connection: Connection, outgoing: Outgoing): Promise<unknown> {
  const headers = { Accept: 'application/json', ...outgoing.headers };
  const answer = await fetchAnswer(connection, { ...outgoing, headers });
  const value = isJson(answer) ? parseJson(answer.body) : null;
  if (value === null) throw unusable(connection.host);
  return value;
}

/** For an answer that Sheaf does not give. */
export function unusable(host: string): Failure {
  return new Failure('refused', `${host} did not answer as Sheaf does; check the address.`);
}

async function fetchAnswer(connection: Connection, outgoing: Outgoing): Promise<Answer> {
  const { host, token, timeoutMs } = connection;
  const { method = 'GET', path, headers, body, maxBytes } = outgoing;
  const signal = AbortSignal.timeout(timeoutMs);
  let answer: Answer;
  try {
    const response = await fetch(host + path, {
      method,
      headers: { ...headers, ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body }),
      // What is sent is for this host only.
      redirect: 'manual',
      signal,
    });
    const { status } = response;
    const received = await readUpTo(response, response.ok ? maxBytes : MAX_REFUSAL_BYTES);
    if (received === null && response.ok)
      throw new Failure('refused', `${host} sent more than a paste can have.`);
    answer = { status, headers: response.headers, body: received ?? new Uint8Array() };
  } catch (error) {
    if (error instanceof Failure) throw error;
    const seconds = timeoutMs / 1000;
    if (signal.aborted) throw new Failure('network', `${host} did not answer within ${seconds} seconds.`);
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Failure('network', `${host} cannot be reached: ${printable(describe(cause))}.`);
  }
  if (answer.status < 200 || answer.status > 299) throw refusal(host, answer);
  return answer;
}

/** Null if there is more than `max` bytes. */
async function readUpTo({ body }: Response, max: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the rest.
    if (length > max) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function describe(error: unknown): string {
  const reason = reasonOf(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reason === '' ? code : reason;
}

function refusal(host: string, { status, headers, body }: Answer): Failure {
  const location = headers.get('location');
  if (status < 400 && location !== null) {
    return new Failure('refused', `${host} redirects to ${printable(location)}; use that address.`);
  }
  const problem = isJson({ headers }) ? parseJson(body) : null;
  if (status === 429 && !isAboutText(problem)) {
    const seconds = /^\d{1,6}$/.exec(headers.get('retry-after') ?? '')?.[0];
    const when = seconds === undefined ? 'later' : `in ${seconds} seconds`;
    return new Failure('refused', `${host} has had too many requests from you; try again ${when}.`);
  }
  const reason = explain(problem);
  return new Failure('refused', reason || `${host} answered with status ${status} and no reason.`, status);
}

/** Whether a 429 is about what was sent, and says so itself. */
function isAboutText(problem: unknown): boolean {
  return (
    typeof problem === 'object' &&
    problem !== null &&
    'code' in problem &&
    problem.code === 'link_spam_limited'
  );
}

/** The sentences of a problem document (RFC 9457); empty if it has none. */
function explain(problem: unknown): string {
  if (typeof problem !== 'object' || problem === null) return '';
  const { detail, errors } = problem as Record<string, unknown>;
  const faults = (Array.isArray(errors) ? errors : []).slice(0, 5).map((fault: unknown) => {
    const { path, message } = (fault ?? {}) as Record<string, unknown>;
    return path ? `${String(path)}: ${String(message)}` : String(message);
  });
  return printable([typeof detail === 'string' ? detail : '', ...faults].join(' ').trim());
}

function isJson({ headers }: Pick<Answer, 'headers'>): boolean {
  return /^application\/(?:problem\+)?json\b/.test(headers.get('content-type') ?? '');
}

/** Null if it is none. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
