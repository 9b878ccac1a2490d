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

/** Sends emails. Rejection, failure or no response within `SEND_WITHIN_MS` is an error. */
export interface Mailer {
  /** Resolves when the provider has taken the mail. */
  send(mail: Mail): Promise<void>;
  /** Resolves when the provider answers; throws otherwise, after `PING_WITHIN_MS` at the latest. */
  ping(): Promise<void>;
}

/** The longest one mail may take, in milliseconds. */
export const SEND_WITHIN_MS = 8_000;
export const PING_WITHIN_MS = 1_500;

/** A line break in a header would begin another header. */
export function assertSingleLines(mail: Mail): void {
  for (const name of ['from', 'to', 'subject'] as const) {
    if (/[\r\n]/.test(mail[name])) throw new Error(`A mail's ${name} must not contain a line break`);
  }
}

/** @throws Error when the provider has not answered within `ms` milliseconds */
export function withinTime<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return withTimeout({ ms, message: `The mail provider did not answer within ${ms} ms` }, work);
}
