import { type AppError, type ErrorCode, STATUS_BY_CODE } from '../core/errors';

export const CREDENTIALS = 'credentials_found';

/** Why a form on the page of a paste was refused, as `?refused=` of the page says. */
export type FormRefusal = ErrorCode | typeof CREDENTIALS;

export function refusalOf({ code, fields }: AppError): FormRefusal {
  return fields.some(({ message }) => message === CREDENTIALS) ? CREDENTIALS : code;
}

/** Null for what is no reason. */
export function parseRefusal(value: unknown): FormRefusal | null {
  const isReason =
    typeof value === 'string' && (value === CREDENTIALS || Object.hasOwn(STATUS_BY_CODE, value));
  return isReason ? (value as FormRefusal) : null;
}
