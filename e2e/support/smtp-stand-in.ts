import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { type MailMessage, parseMessage } from './mail-message';

/**
 * How it responds: normally, by rejecting every client (421, 554), sender (553), text (552) or recipient (any other
 * code), or never.
 */
export type SmtpMode = 'ok' | '421' | '450' | '530' | '550' | '550 5.7.1' | '552' | '553' | '554' | 'hang';

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

function refusal(code: string, text: string): Error {
  return Object.assign(new Error(text), { responseCode: Number(code) });
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
      if (mode === '421' || mode === '554') done(refusal(mode, 'Not this client'));
      else if (mode !== 'hang') done();
    },
    onMailFrom(_address, _session, done) {
      done(mode === '553' ? refusal(mode, '5.1.8 Not this sender') : null);
    },
    onRcptTo({ address }, _session, done) {
      if (mode === 'ok' || mode === '552') return done();
      if (mode === '550 5.7.1') return done(refusal('550', '5.7.1 Relaying denied'));
      const [name] = address.split('@');
      // As mail servers do, it repeats what it was sent.
      const text = `5.1.1 <${address}> refused: no mailbox ${name}`;
      done(refusal(mode, text));
    },
    async onData(stream, { envelope: { mailFrom, rcptTo } }, done) {
      const message = parseMessage(await text(stream));
      if (mode === '552') return done(refusal(mode, '5.3.4 Not this text'));
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
