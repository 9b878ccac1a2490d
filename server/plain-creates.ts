import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  LARGE_BYTES,
  MAX_BODY_BYTES,
  mediaTypeIn,
  ofIncoming,
  parseJsonBytes,
  readBody,
  validate,
} from '@/lib/api/body';
import { limitHeadersOf } from '@/lib/api/middleware/limited';
import { createdAnswer } from '@/lib/api/routes/created';
import { parseTextPaste, terminalOptionsSchema } from '@/lib/api/routes/terminal';
import { DATA_POLICY } from '@/lib/core/http/security-headers';
import { enforceLimit } from '@/lib/limits/enforce';
import type { LimitState } from '@/lib/limits/limiter';
import { createPaste } from '@/lib/pastes/create';
import { type CreatePaste, createPasteSchema, MAX_TEXT_BYTES } from '@/lib/pastes/schema';
import { type Answer, answerPlainly, hasPlainHost, type PlainAnswer, plainCaller } from './plain-answer';

const ROUTE = '/api/v1/pastes';
/** With a query that needs no decoding. */
const URL_SHAPE = /^\/api\/v1\/pastes(?:\?([\w.=&-]*))?$/;
const OPTION_NAME = /^[a-z]+(?:_[a-z]+)*$/;

/** A request with one of these is authorized, retried, of another site's page, or has a body that is read in another way. */
const SPECIAL_HEADERS = [
  'authorization',
  'x-edit-key',
  'idempotency-key',
  'origin',
  'content-encoding',
  'transfer-encoding',
  'expect',
];

/** The paste in a request: JSON, or the text itself, with options. */
type Sent = { isJson: true } | { isJson: false; options: Record<string, string> };

/**
 * Answers plain creates of guests as the API does, without its framework. `answerApi` gets those that fail, to answer
 * with the error.
 * @returns a function that answers a request, or returns false for one that is not a plain create
 */
export function createPlainCreates(
  answerApi: Answer,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const sent = isPlain(request) ? findPaste(request) : null;
    if (!sent) return false;
    const counted: LimitState[] = [];
    const work = () => create(request, { sent, counted });
    answerPlainly(request, response, { route: ROUTE, work, counted, answerApi });
    return true;
  };
}

/** Whether it has a small body of one type, and nothing else in its headers decides how it is answered. */
function isPlain({ method, headers, rawHeaders }: IncomingMessage): boolean {
  if (method !== 'POST' || !(Number(headers['content-length']) <= LARGE_BYTES)) return false;
  if (SPECIAL_HEADERS.some((name) => headers[name] !== undefined)) return false;
  const types = rawHeaders.filter((name, index) => index % 2 === 0 && /^content-type$/i.test(name));
  return types.length <= 1 && hasPlainHost(headers);
}

/** Null for other paths, forms, and options that need to be decoded. */
function findPaste({ url = '', headers }: IncomingMessage): Sent | null {
  const path = URL_SHAPE.exec(url);
  const type = mediaTypeIn(headers['content-type']);
  if (!path || type === 'multipart/form-data') return null;
  if (type === 'application/json') return { isJson: true };
  const options = readOptions(path[1] ?? '');
  return options && { isJson: false, options };
}

/** Null where one has no value or is repeated. */
function readOptions(query: string): Record<string, string> | null {
  const options: Record<string, string> = {};
  for (const pair of query === '' ? [] : query.split('&')) {
    const [name = '', value, ...more] = pair.split('=');
    const isPlainName = OPTION_NAME.test(name) && !Object.hasOwn(options, name);
    if (!isPlainName || value === undefined || more.length > 0) return null;
    options[name] = value;
  }
  return options;
}

async function create(
  request: IncomingMessage,
  { sent, counted }: { sent: Sent; counted: LimitState[] },
): Promise<PlainAnswer> {
  const caller = plainCaller(request);
  counted.push(...(await enforceLimit('change-pastes', caller)));
  const stored = await createPaste(await readPaste(request, sent), caller);
  const { status, headers, body } = createdAnswer(stored, sent.isJson);
  return {
    status,
    headers: {
      ...limitHeadersOf(counted),
      ...headers,
      'Content-Length': String(Buffer.byteLength(body)),
      'Content-Security-Policy': DATA_POLICY,
      'Cache-Control': 'private, no-store',
      Vary: 'Origin',
    },
    body,
  };
}

async function readPaste(request: IncomingMessage, sent: Sent): Promise<CreatePaste> {
  const source = ofIncoming(request);
  if (sent.isJson) return parseJsonBytes(await readBody(source, { max: MAX_BODY_BYTES }), createPasteSchema);
  const options = validate(terminalOptionsSchema, sent.options);
  return parseTextPaste(options, await readBody(source, { max: MAX_TEXT_BYTES }));
}
