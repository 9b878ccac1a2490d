import 'server-only';
import { assertSingleLines, type Mailer, PING_WITHIN_MS, SEND_WITHIN_MS, withinTime } from './mailer';

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
      await withinTime(sendWithinMs, () =>
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
    },

    async ping() {
      const transport = await createTransport(options.url, PING_WITHIN_MS);
      await withinTime(PING_WITHIN_MS, () => transport.verify());
    },
  };
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
