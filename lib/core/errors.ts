/** Every stable error code, with the status it is answered with. Documented in `/api/v1/openapi.json`. */
export const STATUS_BY_CODE = {
  malformed_json: 400,
  malformed_body: 400,
  invalid_token: 400,
  unauthorized: 401,
  invalid_credentials: 401,
  wrong_password: 401,
  members_only: 401,
  reveal_required: 403,
  proof_required: 403,
  email_not_verified: 403,
  account_banned: 403,
  insufficient_scope: 403,
  create_disabled: 403,
  feed_disabled: 403,
  invitation_required: 403,
  registration_closed: 403,
  quota_exceeded: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  email_taken: 409,
  username_taken: 409,
  slug_taken: 409,
  contact_taken: 409,
  last_admin: 409,
  stale: 412,
  too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  rate_limited: 429,
  link_spam_limited: 429,
  internal: 500,
  database_unavailable: 503,
  storage_unavailable: 503,
  overloaded: 503,
  storage_full: 507,
  instance_full: 507,
} as const;

/** The detail of `malformed_body` where the client closed its connection. */
export const ABORTED = 'The connection was closed before the body was complete.';

export type ErrorCode = keyof typeof STATUS_BY_CODE;

/** One fault in the input: where it is (`files.0.content`) and a message key of `errors.*`, with its own values. */
export interface FieldError {
  path: string;
  message: string;
  values?: Readonly<Record<string, number | string>>;
}

const BRAND = Symbol.for('sheaf.AppError');

/**
 * The one error that crosses layers. `message` is for the log; the public response is built from
 * `code`, `detail` and `fields`. Anything thrown that is not an `AppError` is answered as `internal`.
 */
export class AppError extends Error {
  /** Next bundles this module more than once into one process; an error of one copy is one of all. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  readonly [BRAND] = true;
  readonly code: ErrorCode;
  /** A sentence that may be shown to the caller. */
  readonly detail: string | undefined;
  readonly fields: readonly FieldError[];
  /** Seconds after which a retry can succeed. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    options: { detail?: string; fields?: readonly FieldError[]; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(options.detail ?? code, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = options.detail;
    this.fields = options.fields ?? [];
    this.retryAfter = options.retryAfter ?? (STATUS_BY_CODE[code] === 503 ? 5 : undefined);
  }

  get status(): number {
    return STATUS_BY_CODE[this.code];
  }
}

/** The error of one fault in the input; see `FieldError`. */
export function invalidField(path: string, message: string): AppError {
  return new AppError('validation_failed', { fields: [{ path, message }] });
}
