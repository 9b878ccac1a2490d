import 'server-only';
import { isMissingRow, isMissingUser } from './constraints';
import { ABORTED, AppError } from './errors';
import { logger } from './logger';
import { logOutage } from './outage-log';

const OUTAGE_CODES =
  /^(P1000|P1001|P1002|P1003|P1008|P1010|P1011|P1017|P2024|P2028|08...|25006|25P0.|28...|3D000|40...|53...|55P03|57014|57P0.|58...)$/;
const OUTAGE_ERRNO =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;
const OUTAGE_KINDS =
  /^(DatabaseNotReachable|DatabaseDoesNotExist|DatabaseAccessDenied|AuthenticationFailed|ConnectionClosed|SocketTimeout|TlsConnectionError|TooManyConnections)$/;
const OUTAGE_MESSAGES =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|Client has encountered a connection error/;
const MAX_DEPTH = 6;

/** The request that failed, for the log: no path, which may contain a link. */
export interface FailedRequest {
  id?: string;
  method?: string;
  /** The pattern of its path. */
  route?: string;
}

/**
 * What to answer for anything thrown: an `AppError` as it is, a database that does not answer as
 * `database_unavailable`, everything else as `internal`, which is logged whole.
 */
export function toAppError(error: unknown, request: FailedRequest = {}): AppError {
  if (error instanceof AppError) {
    if (error.status === 503 || error.status === 507)
      logOutage(error.code, { ...request, reason: reasonOf(error.cause ?? error) });
    return error;
  }
  if (isAbortedRequest(error)) {
    logger().debug({ ...request, reason: reasonOf(error) }, 'request aborted');
    return new AppError('malformed_body', { detail: ABORTED, cause: error });
  }
  if (isDatabaseOutage(error)) {
    logOutage('database_unavailable', { ...request, reason: reasonOf(error) });
    return new AppError('database_unavailable', { cause: error });
  }
  // The account of the request was deleted while it ran. Other accounts are locked before they are referred to.
  if (isMissingUser(error)) return new AppError('unauthorized', { cause: error });
  if (isMissingRow(error)) return new AppError('not_found', { cause: error });
  logger().error({ ...request, err: error }, 'unexpected error');
  return new AppError('internal', { cause: error });
}

/**
 * Whether the client closed its connection while its request was read, or its response was built. Node's error
 * has the code ECONNRESET, like that of a connection to the database, and is distinguished by its message.
 */
export function isAbortedRequest(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || error.name === 'ResponseAborted') return true;
  return code === 'ECONNRESET' && error.message === 'aborted';
}

/** As Node's own error, for work of a request whose client has closed its connection. */
export function requestAborted(): Error {
  return Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
}

/** One line: an outage fails every request alike, and its stack adds nothing to its message. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether the error, or one it wraps, says that Postgres cannot be reached or does not answer in time. */
export function isDatabaseOutage(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return false;
  const { code, kind, message } = error as { code?: unknown; kind?: unknown; message?: unknown };
  if (typeof code === 'string' && (OUTAGE_CODES.test(code) || OUTAGE_ERRNO.test(code))) return true;
  if (typeof kind === 'string' && OUTAGE_KINDS.test(kind)) return true;
  if (typeof message === 'string' && OUTAGE_MESSAGES.test(message)) return true;
  const { cause, meta, driverAdapterError, originalCode } = error as {
    cause?: unknown;
    meta?: unknown;
    driverAdapterError?: unknown;
    originalCode?: unknown;
  };
  if (typeof originalCode === 'string' && OUTAGE_CODES.test(originalCode)) return true;
  return [cause, meta, driverAdapterError].some((inner) => isDatabaseOutage(inner, depth + 1));
}
