import { z } from 'zod';
import { AppError, type ErrorCode, type FieldError, STATUS_BY_CODE } from '../core/errors';
import { type Translate, translatorIn } from '../core/i18n/translator';
import type { ApiContext } from './context';
import { LIMIT_VALUES } from './limit-values';

const CODES = Object.keys(STATUS_BY_CODE) as ErrorCode[];

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.enum(CODES).meta({ description: 'A stable code that identifies the error.' }),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457.' });

/** A message in English. */
export const translate = translatorIn('en');

/** Clients of haste servers show the `message` of an error. */
const HASTE_PATH = /^\/documents(?:\/|$)/;

/** The error as `application/problem+json`, in English. */
export function problem(c: ApiContext, error: AppError): Response {
  // These headers belong to the response that was being built, not to the error.
  for (const name of ['ETag', 'Cache-Control', 'X-Robots-Tag']) c.header(name, undefined);
  const { status, retryAfter } = error;
  const headers = new Headers({ 'Content-Type': 'application/problem+json' });
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter));
  if (status === 401) headers.set('WWW-Authenticate', 'Bearer');
  const told = problemOf(error);
  const body = HASTE_PATH.test(c.req.path) ? { ...told, message: told.detail } : told;
  return c.body(JSON.stringify(body), status as 400, Object.fromEntries(headers));
}

/** 405, with the methods that the path supports. */
export function wrongMethod(c: ApiContext, methods: readonly string[]): Response {
  const answered = problem(c, new AppError('method_not_allowed'));
  answered.headers.set('Allow', methods.join(', '));
  return answered;
}

/** The problem document of an error, in English or in the language of `t`. */
export function problemOf(error: AppError, t: Translate = translate): z.output<typeof problemSchema> {
  const { code, status, fields } = error;
  // It says more than the sentence of the code, which knows no limits of this instance.
  const limited = fields.find(({ values }) => values !== undefined);
  const general = () => t(`problems.${code}.detail`, LIMIT_VALUES);
  return {
    type: 'about:blank',
    title: t(`problems.${code}.title`),
    status,
    detail: error.detail ?? (limited ? sentenceFor(limited, t) : general()),
    code,
    ...(fields.length > 0
      ? { errors: fields.map((field) => ({ path: field.path, message: sentenceFor(field, t) })) }
      : {}),
  };
}

function sentenceFor({ message, values }: FieldError, t: Translate): string {
  const key = `errors.${message}`;
  return /^\w+$/.test(message) && t.has(key) ? t(key, { ...LIMIT_VALUES, ...values }) : message;
}
