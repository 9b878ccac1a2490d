import 'server-only';
import type { ErrorResponse, Resend } from 'resend';
import {
  assertSingleLines,
  type Mailer,
  MailRefusedError,
  PING_WITHIN_MS,
  SEND_WITHIN_MS,
  withinTime,
} from './mailer';

/**
 * Mail by Resend. The id is its idempotency key: for a day, a second send of the same id sends nothing.
 * @param options.sendWithinMs for tests.
 */
export function createResendMailer(options: { apiKey: string; sendWithinMs?: number }): Mailer {
  let client: Promise<Resend> | undefined;
  const connect = () => {
    client ??= import('resend').then((sdk) => new sdk.Resend(options.apiKey));
    return client;
  };
  return {
    async send(mail) {
      assertSingleLines(mail);
      const { id, from, to, subject, html, text } = mail;
      const resend = await connect();
      await withinTime(options.sendWithinMs ?? SEND_WITHIN_MS, async (signal) => {
        const payload = { from, to: [to], subject, html, text };
        const { error } = await resend.emails.send(payload, { idempotencyKey: id, signal });
        if (error && !wasSentBefore(error)) throw isPermanent(error) ? refusal(error) : failure(error);
      });
    },

    async ping() {
      const resend = await connect();
      await withinTime(PING_WITHIN_MS, async (signal) => {
        const { error } = await resend.get('/domains', { signal });
        if (error && !isAnswerEnough(error)) throw failure(error);
      });
    },
  };
}

/** The key was used, and the words differ: a new version of the service renders an old mail once more. */
function wasSentBefore(error: ErrorResponse): boolean {
  return error.name === 'invalid_idempotent_request';
}

/** A key that may only send is denied the list of domains, and a rate limit is not an error. */
function isAnswerEnough(error: ErrorResponse): boolean {
  return error.name === 'restricted_api_key' || error.statusCode === 429;
}

/** The mail itself is invalid. A key or a domain that Resend does not accept (401, 403) can be corrected. */
function isPermanent({ statusCode }: ErrorResponse): boolean {
  return statusCode === 400 || statusCode === 413 || statusCode === 422;
}

function refusal(error: ErrorResponse): MailRefusedError {
  return new MailRefusedError(`Resend: ${error.statusCode} ${error.name}`);
}

function failure(error: ErrorResponse): Error {
  return new Error(`Resend: ${error.statusCode ?? 'no answer'} ${error.name}: ${error.message}`);
}
