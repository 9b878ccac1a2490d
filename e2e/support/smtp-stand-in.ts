import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type MailMessage, parseMessage } from './mail-message';

/** How it responds: normally, by rejecting every message, or never. */
export type SmtpMode = 'ok' | '421' | 'hang';

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
  const sockets = new Set<Socket>();
  let mode: SmtpMode = 'ok';

  async function converse(socket: Socket): Promise<void> {
    const reply = (text: string) => socket.write(`${text}\r\n`);
    if (mode === '421') {
      socket.end('421 Not now\r\n');
      return;
    }
    let envelope = { from: '', to: [] as string[] };
    let data: string[] | null = null;
    reply('220 stand-in ESMTP');
    for await (const line of createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (data !== null) {
        if (line !== '.') {
          data.push(line.replace(/^\./, ''));
          continue;
        }
        received.push({ ...envelope, ...parseMessage(data.join('\r\n')) });
        envelope = { from: '', to: [] };
        data = null;
        reply('250 Taken');
        continue;
      }
      const [verb = ''] = line.toUpperCase().split(/[ :]/);
      const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
      if (verb === 'QUIT') {
        socket.end('221 Bye\r\n');
        return;
      }
      if (verb === 'EHLO') {
        reply('250-stand-in\r\n250-8BITMIME\r\n250 SMTPUTF8');
      } else if (verb === 'MAIL') {
        envelope.from = address;
        reply('250 Go on');
      } else if (verb === 'RCPT') {
        envelope.to.push(address);
        reply('250 Go on');
      } else if (verb === 'DATA') {
        data = [];
        reply('354 Until a single dot');
      } else {
        reply(['RSET', 'NOOP', 'HELO'].includes(verb) ? '250 Go on' : '502 Not known here');
      }
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    if (mode !== 'hang') void converse(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    fail(next) {
      mode = next;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
