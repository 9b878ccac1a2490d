import { type AppError, type ErrorCode, STATUS_BY_CODE } from '../core/errors';
import type { Translate } from '../core/i18n/translator';
import { LIMIT_VALUES } from './limit-values';

const CREDENTIALS = 'credentials_found';

/** Why a form on the page of a paste was refused, as `?refused=` of the page says. */
export type FormRefusal = ErrorCode | typeof CREDENTIALS;

/** Where the general words about an error are not those of a form. */
const WORDS: Partial<Record<FormRefusal, string>> = {
  stale: 'reading.settingsStale',
  unauthorized: 'reading.signedOut',
  [CREDENTIALS]: `errors.${CREDENTIALS}`,
};

export function refusalOf({ code, fields }: AppError): FormRefusal {
  return fields.some(({ message }) => message === CREDENTIALS) ? CREDENTIALS : code;
}

/** Null for what is no reason. */
export function parseRefusal(value: unknown): FormRefusal | null {
  const isReason =
    typeof value === 'string' && (value === CREDENTIALS || Object.hasOwn(STATUS_BY_CODE, value));
  return isReason ? (value as FormRefusal) : null;
}

/** The reason in one sentence. */
export function refusalSentence(refusal: FormRefusal, t: Translate): string {
  return t(WORDS[refusal] ?? `problems.${refusal}.detail`, LIMIT_VALUES);
}
