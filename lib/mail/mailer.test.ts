import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startResendStandIn } from '@/e2e/support/resend-stand-in';
import { type SmtpMode, startSmtpStandIn } from '@/e2e/support/smtp-stand-in';
import { createLocalMailer, listLocalMails } from './local';
import { type Mail, type Mailer, MailRefusedError } from './mailer';
import { createResendMailer } from './resend';
import { createSmtpMailer } from './smtp';

const SEND_WITHIN_MS = 400;

/** A driver, and the other end of its line. */
interface Line {
  mailer: Mailer;
  arrived(): Promise<Omit<Mail, 'id'>[]>;
  fail(how: 'error' | 'hang'): Promise<void>;
  recover(): Promise<void>;
  close(): Promise<void>;
}

async function openResend(): Promise<Line> {
  const standIn = await startResendStandIn();
  process.env.RESEND_BASE_URL = standIn.url;
  return {
    mailer: createResendMailer({ apiKey: standIn.apiKey, sendWithinMs: SEND_WITHIN_MS }),
    arrived: async () =>
      standIn.accepted.map(({ from, to, subject, html, text }) => ({
        from,
        to: to.join(),
        subject,
        html,
        text,
      })),
    fail: async (how) => standIn.fail(how === 'hang' ? 'hang' : '500'),
    recover: async () => standIn.fail('ok'),
    close: () => standIn.close(),
  };
}

async function openSmtp(): Promise<Line> {
  const standIn = await startSmtpStandIn();
  const { url } = standIn;
  return {
    mailer: createSmtpMailer({ url, domain: 'sheaf.example', sendWithinMs: SEND_WITHIN_MS }),
    arrived: async () =>
      standIn.received.map(({ to, headers, html, text }) => ({
        from: headers.get('from') ?? '',
        to: to.join(),
        subject: headers.get('subject') ?? '',
        html,
        text,
      })),
    fail: async (how) => standIn.fail(how === 'hang' ? 'hang' : '421'),
    recover: async () => standIn.fail('ok'),
    close: () => standIn.close(),
  };
}

async function openLocal(): Promise<Line> {
  const parent = await mkdtemp(join(tmpdir(), 'sheaf-mail-'));
  const folder = join(parent, 'mail');
  return {
    mailer: createLocalMailer(folder),
    arrived: async () =>
      (await listLocalMails(folder, 100)).map(({ id: _, sentAt: __, ...mail }) => mail).reverse(),
    // A disk does not hang in a way that a test can bring about; a file in the folder's place fails.
    fail: async () => {
      await rm(folder, { recursive: true, force: true });
      await writeFile(folder, '');
    },
    recover: () => rm(folder),
    close: () => rm(parent, { recursive: true }),
  };
}

function makeMail(change: Partial<Mail> = {}): Mail {
  return {
    id: randomUUID(),
    from: 'Sheaf <sheaf@sheaf.example>',
    to: 'ada@example.org',
    subject: 'Подтвердите адрес, пожалуйста: это нужно, чтобы никто не завёл учётную запись за вас',
    html: `<p>Здравствуйте, ${'очень '.repeat(60)}рады — открыть <a href="http://localhost:3000/x?a=1&amp;b=2">ссылку</a></p>`,
    text: 'Здравствуйте!\n\n.Строка с точкой\nhttp://localhost:3000/verify-email?token=a_b-c==',
    ...change,
  };
}

describe.each([
  ['resend', openResend],
  ['smtp', openSmtp],
  ['local', openLocal],
] as const)('the %s mailer', (_name, open) => {
  let line: Line;

  beforeEach(async () => {
    line = await open();
  });
  afterEach(() => line.close());

  it('hands over every part of a mail as it is', async () => {
    const { id, ...mail } = makeMail();
    await line.mailer.ping();
    await line.mailer.send({ id, ...mail });
    expect(await line.arrived()).toEqual([mail]);
  });

  it.each(['to', 'subject', 'from'] as const)(
    'rejects a line break in %s and sends nothing',
    async (name) => {
      const mail = makeMail({ [name]: 'a@example.org\r\nBcc: b@example.org' });
      await expect(line.mailer.send(mail)).rejects.toThrow(/line break/);
      expect(await line.arrived()).toEqual([]);
    },
  );

  it.each(['error', 'hang'] as const)('fails when the other end does (%s), and recovers', async (how) => {
    await line.fail(how);
    await expect(line.mailer.send(makeMail())).rejects.toThrow();
    await expect(line.mailer.ping()).rejects.toThrow();
    await line.recover();
    await line.mailer.ping();
    const { id, ...mail } = makeMail();
    await line.mailer.send({ id, ...mail });
    expect(await line.arrived()).toEqual([mail]);
  });
});

describe.each([
  ['resend', openResend],
  ['local', openLocal],
] as const)('the %s mailer, asked twice for one id', (_name, open) => {
  it('sends one email, even if its text has changed in between', async () => {
    const line = await open();
    const mail = makeMail();
    await line.mailer.send(mail);
    await line.mailer.send(mail);
    await line.mailer.send({ ...mail, text: 'Other words' });
    expect(await line.arrived()).toHaveLength(1);
    await line.close();
  });
});

it('gives a mail the same Message-ID at every attempt by SMTP', async () => {
  const standIn = await startSmtpStandIn();
  const mailer = createSmtpMailer({ url: standIn.url, domain: 'sheaf.example' });
  const mail = makeMail();
  await mailer.send(mail);
  await mailer.send(mail);
  const ids = standIn.received.map(({ headers }) => headers.get('message-id'));
  expect(ids).toEqual([`<${mail.id}@sheaf.example>`, `<${mail.id}@sheaf.example>`]);
  await standIn.close();
});

it('never splits one recipient into two by SMTP', async () => {
  const standIn = await startSmtpStandIn();
  const mailer = createSmtpMailer({ url: standIn.url, domain: 'sheaf.example' });
  await mailer.send(makeMail({ to: 'a@example.org, b@example.org' })).catch(() => {});
  expect(standIn.received.flatMap(({ to }) => to)).not.toContain('b@example.org');
  await standIn.close();
});

describe('a refusal by SMTP', () => {
  async function failureOf(mode: SmtpMode): Promise<unknown> {
    const standIn = await startSmtpStandIn();
    standIn.fail(mode);
    const mailer = createSmtpMailer({ url: standIn.url, domain: 'sheaf.example' });
    const error = await mailer.send(makeMail()).catch((reason: unknown) => reason);
    await standIn.close();
    return error;
  }

  it('is permanent from 500 on, and told by its codes only', async () => {
    const error = await failureOf('550');
    expect(error).toBeInstanceOf(MailRefusedError);
    expect(error).toHaveProperty('message', 'SMTP: 550 5.1.1 in reply to RCPT TO');
  });

  it('is permanent in reply to the text', async () => {
    const error = await failureOf('552');
    expect(error).toBeInstanceOf(MailRefusedError);
    expect(error).toHaveProperty('message', 'SMTP: 552 5.3.4 in reply to DATA');
  });

  it.each([
    ['421', 'CONN'],
    ['554', 'CONN'],
    ['553', 'MAIL FROM'],
    ['450', 'RCPT TO'],
    ['530', 'RCPT TO'],
    ['550 5.7.1', 'RCPT TO'],
  ] as const)('is not permanent with %s in reply to %s', async (mode, command) => {
    const error = await failureOf(mode);
    expect(error).not.toBeInstanceOf(MailRefusedError);
    expect(error).toMatchObject({ responseCode: Number.parseInt(mode, 10), command });
  });
});

it('rejects a wrong key of Resend', async () => {
  const standIn = await startResendStandIn();
  process.env.RESEND_BASE_URL = standIn.url;
  const mailer = createResendMailer({ apiKey: 're_wrong' });
  await expect(mailer.send(makeMail())).rejects.toThrow(/401/);
  await expect(mailer.ping()).rejects.toThrow(/401/);
  await standIn.close();
});

describe('mail in a folder', () => {
  it('is listed newest first, without other files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sheaf-mail-'));
    const mailer = createLocalMailer(folder);
    const ids = [1, 3, 2].map((number) => `0199${number}000-0000-7000-8000-000000000000`);
    for (const id of ids) await mailer.send(makeMail({ id }));
    await writeFile(join(folder, '.DS_Store'), '');
    await writeFile(join(folder, `${randomUUID()}.json.abcdef`), '{');
    const listed = await listLocalMails(folder, 2);
    expect(listed.map(({ id }) => id[4])).toEqual(['3', '2']);
    await rm(folder, { recursive: true });
  });

  it('rejects an id that is a path', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sheaf-mail-'));
    const mailer = createLocalMailer(folder);
    await expect(mailer.send(makeMail({ id: '../../../../../../tmp/elsewhere-than-it' }))).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });

  it('is empty if the folder does not exist yet', async () => {
    expect(await listLocalMails(join(tmpdir(), randomUUID()), 10)).toEqual([]);
  });
});
