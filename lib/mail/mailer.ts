import 'server-only';
import { withTimeout } from '../core/timeout';

export interface Mail {
  /** Of the outbox row: sending the same id again must, where the provider allows it, send nothing. */
  id: string;
  from: string;
  /** One address, without a name. */
  to: string;
  subject: string;
  html: string;
  text: string;
}

const REFUSED = Symbol.for('sheaf.MailRefusedError');

/**
 * The provider will never take this mail, so that it must not be sent again. The message has codes only: what
 * providers say may repeat the address or the text.
 */
export class MailRefusedError extends Error {
  /** As with `AppError`: Next bundles this module more than once into one process. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && REFUSED in value;
  }

  readonly [REFUSED] = true;
}

/**
 * Sends emails. Failure or no response within `SEND_WITHIN_MS` is an error; a permanent refusal is a
 * `MailRefusedError`.
 */
export interface Mailer {
  /** Resolves when the provider has taken the mail. */
  send(mail: Mail): Promise<void>;
  /** Resolves when the provider answers; throws otherwise, after `PING_WITHIN_MS` at the latest. */
  ping(): Promise<void>;
}

/** The longest one mail may take, in milliseconds. */
export const SEND_WITHIN_MS = 8_000;
export const PING_WITHIN_MS = 1_500;

/** A line break in a header would begin another header. @throws MailRefusedError */
export function assertSingleLines(mail: Mail): void {
  for (const name of ['from', 'to', 'subject'] as const) {
    if (/[\r\n]/.test(mail[name]))
      throw new MailRefusedError(`A mail's ${name} must not contain a line break`);
  }
}

/** @throws Error when the provider has not answered within `ms` milliseconds */
export function withinTime<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return withTimeout({ ms, message: `The mail provider did not answer within ${ms} ms` }, ({ signal }) =>
    work(signal),
  );
}
