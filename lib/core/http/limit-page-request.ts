import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'hono/utils/cookie';
import { LOCALE_COOKIE, localeFor } from '../i18n/locale';
import { FormMeter, readBoundary } from './form-meter';
import { commonHeaders, DATA_POLICY } from './security-headers';

/** How long a client may continue to send after the rejection, so that it reads the response. */
const DRAIN_MS = 2_000;

/** Pages use only a few; Next parses repeated ones in quadratic time. */
const MAX_QUERY_PARAMETERS = 100;

const TEXTS = {
  tooManyParts: {
    status: 413,
    en: 'This form has too many parts.\n',
    ru: 'В этой форме слишком много частей.\n',
  },
  unreadableForm: {
    status: 400,
    en: 'This form cannot be read: its Content-Type does not name one boundary.\n',
    ru: 'Эту форму не удалось прочитать: в Content-Type должна быть указана одна граница (boundary).\n',
  },
  tooManyParameters: {
    status: 400,
    en: 'This address has too many query parameters.\n',
    ru: 'В этом адресе слишком много параметров запроса.\n',
  },
} as const;

/**
 * Bounds what a request to a page may hold: query parameters (400), and for a form the parts and their
 * header bytes, counted while they arrive (413), and one readable boundary (400). Nothing more of a rejected
 * request reaches the code behind. Call before anything reads the request.
 * @returns whether the request may go on; a form may still be rejected while it arrives
 */
export function limitPageRequest(request: IncomingMessage, response: ServerResponse): boolean {
  const url = request.url ?? '/';
  const queryAt = url.includes('?') ? url.indexOf('?') : url.length;
  const [path, query] = [url.slice(0, queryAt), url.slice(queryAt + 1)];
  if (query.split('&', MAX_QUERY_PARAMETERS + 1).length > MAX_QUERY_PARAMETERS) {
    // Next sees the request all the same where it has announced it to us.
    request.url = path;
    reject(request, response, 'tooManyParameters')();
    return false;
  }
  return limitForm(request, response);
}

function limitForm(request: IncomingMessage, response: ServerResponse): boolean {
  const type = request.headers['content-type'] ?? '';
  if (!/^\s*multipart\//i.test(type)) return true;
  const boundary = readBoundary(type);
  const meter = boundary === null ? null : new FormMeter(boundary);
  const push = request.push.bind(request);
  let endAnswer = meter === null ? reject(request, response, 'unreadableForm') : null;
  request.push = (chunk: Uint8Array | null, encoding) => {
    if (endAnswer === null && chunk !== null && meter?.add(chunk) === false) {
      endAnswer = reject(request, response, 'tooManyParts');
    }
    if (endAnswer === null) return push(chunk, encoding);
    // The rest is read from the socket and discarded, so that the client reads the response.
    if (chunk === null) endAnswer();
    return true;
  };
  return meter !== null;
}

/** Sends the response. @returns a function that ends it, and the request for later code */
function reject(request: IncomingMessage, response: ServerResponse, reason: keyof typeof TEXTS): () => void {
  // Answered already, without a look at the form, or given up by the client.
  if (response.headersSent || response.destroyed) return () => {};
  const { cookie = '', 'accept-language': accepted } = request.headers;
  const locale = localeFor(parse(cookie)[LOCALE_COOKIE], accepted);
  const body = Buffer.from(TEXTS[reason][locale]);
  const end = response.end.bind(response);
  response.writeHead(TEXTS[reason].status, {
    ...commonHeaders(),
    'Content-Security-Policy': DATA_POLICY,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
    'Cache-Control': 'private, no-store',
    Connection: 'close',
  });
  response.write(body);
  mute(response);
  const drained = setTimeout(() => request.destroy(), DRAIN_MS);
  return () => {
    clearTimeout(drained);
    end(() => request.destroy());
  };
}

/** Later code does not know about this response; what it sends is discarded. */
function mute(response: ServerResponse): void {
  response.writeHead = () => response;
  response.setHeader = () => response;
  response.appendHeader = () => response;
  response.removeHeader = () => {};
  response.flushHeaders = () => {};
  response.write = () => true;
  response.end = () => response;
}
