import 'server-only';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { now } from '../core/clock';
import { assertSingleLines, type Mail, type Mailer } from './mailer';

export interface LocalMail extends Mail {
  /** RFC 3339. */
  sentAt: string;
}

const FILE_SHAPE = /^[0-9a-f-]{36}\.json$/;

/** Mail as files `<id>.json` in a folder, which is created when it is missing, for `/outbox` to show. */
export function createLocalMailer(folder: string): Mailer {
  const root = resolve(folder);
  return {
    async send(mail) {
      assertSingleLines(mail);
      const file = `${mail.id}.json`;
      if (!FILE_SHAPE.test(file)) throw new Error('A mail is kept under the id of its row only');
      const kept: LocalMail = { ...mail, sentAt: now().toISOString() };
      await mkdir(root, { recursive: true, mode: 0o700 });
      const temporary = join(root, `${file}.${randomBytes(6).toString('hex')}`);
      try {
        await writeFile(temporary, JSON.stringify(kept, null, 2), { flag: 'wx', mode: 0o600 });
        await rename(temporary, join(root, file));
      } finally {
        await rm(temporary, { force: true });
      }
    },

    async ping() {
      await mkdir(root, { recursive: true, mode: 0o700 });
    },
  };
}

/** The newest mails of the folder, newest first. */
export async function listLocalMails(folder: string, limit: number): Promise<LocalMail[]> {
  const names = (await listNames(folder)).filter((name) => FILE_SHAPE.test(name));
  // Ids of rows begin with their time.
  const newest = names.sort().reverse().slice(0, limit);
  return Promise.all(
    newest.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as LocalMail),
  );
}

async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
