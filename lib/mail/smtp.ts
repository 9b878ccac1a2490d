import 'server-only';
import { z } from 'zod';
import {
  assertSingleLines,
  type Mailer,
  MailRefusedError,
  PING_WITHIN_MS,
  SEND_WITHIN_MS,
  withinTime,
} from './mailer';

/**
 * Mail by SMTP, which knows no idempotency: a mail is sent at least once. When the server's last answer is
 * lost, the mail goes out again under the same Message-ID, by which mailboxes may recognise it.
 * @param options.domain the right-hand side of Message-IDs.
 * @param options.sendWithinMs for tests.
 */
export function createSmtpMailer(options: { url: string; domain: string; sendWithinMs?: number }): Mailer {
  const sendWithinMs = options.sendWithinMs ?? SEND_WITHIN_MS;
  return {
    async send(mail) {
      assertSingleLines(mail);
      const { id, from, to, subject, html, text } = mail;
      const transport = await createTransport(options.url, sendWithinMs);
      const sending = withinTime(sendWithinMs, () =>
        transport.sendMail({
          messageId: `<${id}@${options.domain}>`,
          from,
          // As an object: in a plain string, a comma would make two recipients.
          to: { name: '', address: to },
          subject,
          html,
          text,
          headers: { 'Auto-Submitted': 'auto-generated' },
        }),
      );
      await sending.catch((error: unknown) => {
        throw refusalOf(error) ?? error;
      });
    },

    async ping() {
      const transport = await createTransport(options.url, PING_WITHIN_MS);
      await withinTime(PING_WITHIN_MS, () => transport.verify());
    },
  };
}

/** Set on the errors of nodemailer that are a reply of the server. */
const replySchema = z.object({
  responseCode: z.number(),
  response: z.string(),
  command: z.string().optional(),
});

/** Credentials that are missing or wrong. */
const ABOUT_CREDENTIALS = [530, 534, 535, 538];
/** Where a reply is about the recipient or the mail. Before, it is about this server or its sender address. */
const ABOUT_MAIL = ['RCPT TO', 'DATA'];
/** Security and policy (RFC 3463), such as relaying that is denied. */
const POLICY = /^\d{3}[ -]5\.7\./;

/**
 * The error for a reply in the range 500 to 599, which is permanent (RFC 5321, section 4.2.1); otherwise null. Also
 * null if the operator may be at fault: mail goes out once they have corrected it.
 */
function refusalOf(error: unknown): MailRefusedError | null {
  const { data: reply } = replySchema.safeParse(error);
  if (!reply || reply.responseCode < 500 || ABOUT_CREDENTIALS.includes(reply.responseCode)) return null;
  if (!ABOUT_MAIL.includes(reply.command ?? '') || POLICY.test(reply.response)) return null;
  // The enhanced status code (RFC 3463) names the reason: 5.1.1 is a mailbox that does not exist.
  const [code] = /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(reply.response) ?? [reply.responseCode];
  return new MailRefusedError(`SMTP: ${code} in reply to ${reply.command}`);
}

/** Its timeouts end the connection itself, also after the caller has given up. */
async function createTransport(url: string, withinMs: number) {
  const { default: nodemailer } = await import('nodemailer');
  return nodemailer.createTransport({
    url,
    connectionTimeout: withinMs,
    greetingTimeout: withinMs,
    socketTimeout: withinMs,
    dnsTimeout: withinMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
