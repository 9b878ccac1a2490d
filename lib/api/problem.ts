import { AppError } from '../core/errors';
import type { ApiContext } from './context';

/** Clients of haste servers show the `message` of an error. */
const HASTE_PATH = /^\/documents(?:\/|$)/;

/** The error as `application/problem+json`, in English. */
export async function problem(c: ApiContext, error: AppError): Promise<Response> {
  // These headers belong to the response that was being built, not to the error.
  for (const name of ['ETag', 'Cache-Control', 'X-Robots-Tag']) c.header(name, undefined);
  const { status, retryAfter } = error;
  const headers = new Headers({ 'Content-Type': 'application/problem+json' });
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter));
  if (status === 401) headers.set('WWW-Authenticate', 'Bearer');
  // With every message, and the schemas that state limits: not loaded for a request that succeeds.
  const { problemOf } = await import('./problem-document');
  const told = problemOf(error);
  const body = HASTE_PATH.test(c.req.path) ? { ...told, message: told.detail } : told;
  return c.body(JSON.stringify(body), status as 400, Object.fromEntries(headers));
}

/** 405, with the methods that the path supports. */
export async function wrongMethod(c: ApiContext, methods: readonly string[]): Promise<Response> {
  const answered = await problem(c, new AppError('method_not_allowed'));
  answered.headers.set('Allow', methods.join(', '));
  return answered;
}
