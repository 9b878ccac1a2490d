import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { type MailMessage, parseMessage } from './mail-message';

/** How it responds: normally, by rejecting every client (421) or every recipient (with this code), or never. */
export type SmtpMode = 'ok' | '421' | '450' | '530' | '550' | 'hang';

export interface ReceivedMail extends MailMessage {
  /** Of the envelope, as are the recipients. */
  from: string;
  to: string[];
}

export interface SmtpStandIn {
  /** For `SMTP_URL`. */
  url: string;
  fail(mode: SmtpMode): void;
  /** What it took, oldest first. */
  received: ReceivedMail[];
  close(): Promise<void>;
}

/** A mail server on loopback that keeps what it is given; without TLS and without users. */
export async function startSmtpStandIn(): Promise<SmtpStandIn> {
  const received: ReceivedMail[] = [];
  let mode: SmtpMode = 'ok';

  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1,
    onConnect(_session, done) {
      if (mode === '421') done(Object.assign(new Error('Not now'), { responseCode: 421 }));
      else if (mode !== 'hang') done();
    },
    onRcptTo({ address }, _session, done) {
      if (mode === 'ok') return done();
      const [name] = address.split('@');
      // As mail servers do, it repeats what it was sent.
      const text = `5.1.1 <${address}> refused: no mailbox ${name}`;
      done(Object.assign(new Error(text), { responseCode: Number(mode) }));
    },
    async onData(stream, { envelope: { mailFrom, rcptTo } }, done) {
      const message = parseMessage(await text(stream));
      const from = mailFrom === false ? '' : mailFrom.address;
      received.push({ from, to: rcptTo.map(({ address }) => address), ...message });
      done();
    },
  });
  smtp.on('error', () => {});
  smtp.listen(0, '127.0.0.1');
  await once(smtp.server, 'listening');
  const { port } = smtp.server.address() as AddressInfo;

  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    fail(next) {
      mode = next;
    },
    close: () => new Promise((resolve) => smtp.close(resolve)),
  };
}
