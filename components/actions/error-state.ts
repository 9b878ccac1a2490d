import 'server-only';
import { getTranslations } from 'next-intl/server';
import type { z } from 'zod';
import { setPageHeader, setPageStatus } from '@/components/request/page-response';
import { LIMIT_VALUES } from '@/lib/api/limit-values';
import { toAppError } from '@/lib/core/app-error';
import { AppError, type FieldError } from '@/lib/core/errors';
import en from '@/lib/core/i18n/messages/en.json';
import { withoutInvisible } from '@/lib/text/unicode/display-text';
import { isPlainPost } from './arrive';
import { type FormState, NOT_POSTED } from './form-state';

type ErrorKey = keyof typeof en.errors;

const FORM_FIELD: Readonly<Record<string, string>> = { expires_in: 'lifetime', files: 'files.0.content' };

function isErrorKey(message: string): message is ErrorKey {
  return message in en.errors;
}

export function toFieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
}

/**
 * The form state of an error: field errors beside their fields, anything else as one sentence. Also
 * sets the status of the page, where the form was posted without JavaScript.
 */
export async function errorState(error: unknown): Promise<FormState> {
  const problem = toAppError(error);
  const fields = await fieldMessages(problem.fields);
  if (await isPlainPost()) {
    setPageStatus(problem.status);
    if (problem.retryAfter !== undefined) setPageHeader('Retry-After', String(problem.retryAfter));
  }
  return stateOf(problem, fields);
}

/** Why something failed in one sentence, where there is no field to say it at. */
export async function errorSentence(error: unknown): Promise<string> {
  const problem = toAppError(error);
  const [first] = Object.values(await fieldMessages(problem.fields));
  return first ?? (await sentenceFor(problem, 0)) ?? '';
}

/** The first message about each field, by the field's name in its form. */
export async function fieldMessages(errors: readonly FieldError[]): Promise<Record<string, string>> {
  const t = await getTranslations('errors');
  const fields: Record<string, string> = {};
  for (const { path, message, values } of errors) {
    const key = isErrorKey(message) ? message : 'invalid';
    fields[FORM_FIELD[path] ?? path] ??= t(key, { ...LIMIT_VALUES, ...values, name: '' });
  }
  return fields;
}

/** The state of a form with uploads that are not text. */
export async function binaryFilesState(names: readonly string[]): Promise<FormState> {
  const t = await getTranslations('errors');
  if (await isPlainPost()) setPageStatus(422);
  const sentences = names.map((name) => t('binary_file', { name: withoutInvisible(name) }));
  return stateOf(new AppError('validation_failed'), { uploads: sentences.join(' ') });
}

async function stateOf(problem: AppError, fields: Record<string, string>): Promise<FormState> {
  const sentence = await sentenceFor(problem, Object.keys(fields).length);
  return { ...NOT_POSTED, outcome: 'error', code: problem.code, sentence, fields };
}

/** Null where the line beside the only field at fault says it all. */
async function sentenceFor({ code, retryAfter }: AppError, faults: number): Promise<string | null> {
  const composer = await getTranslations('composer');
  if (faults === 1) return null;
  if (faults > 0) return composer('faults', { count: faults });
  if (code === 'stale') return composer('stale');
  if (code === 'unauthorized') return composer('signedOut');
  if (code === 'rate_limited' && retryAfter !== undefined) {
    return (await getTranslations('auth'))('waitMinutes', {
      minutes: Math.max(1, Math.ceil(retryAfter / 60)),
    });
  }
  return (await getTranslations('problems'))(`${code}.detail`);
}
