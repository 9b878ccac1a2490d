import { z } from 'zod';
import { type AppError, type ErrorCode, type FieldError, STATUS_BY_CODE } from '../core/errors';
import { type Translate, translatorIn } from '../core/i18n/translator';
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
