import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import type { OpenedArchive } from '../../lib/encryption/archive';
import { parseFragment } from '../../lib/encryption/fragment';
import { openLock } from '../../lib/encryption/lock';
import { openPayload } from '../../lib/encryption/open';
import { expect } from '../fixtures';
import { ComposerPage, type OpenedFile } from '../pages/composer-page';
import type { Api } from './api';
import type { Mount } from './mounts';
import { listBlobs, readEverything } from './storage';

export const PICTURE: OpenedFile = {
  name: 'cat.png',
  type: 'image/png',
  bytes: Uint8Array.from({ length: 3_000 }, (_, index) => (index * 7) % 256),
};

export const PASSWORD = 'correct horse battery staple';
export const mark = () => `mark${randomBytes(8).toString('hex')}`;

interface SavedSecret {
  slug: string;
  url: string;
  key: string;
}

/** What the author is shown: the whole link. */
export async function readSaved(page: Page, heading = 'Your link is ready.'): Promise<SavedSecret> {
  await expect(page.getByRole('heading', { name: heading })).toBeVisible({ timeout: 60_000 });
  const link = page.getByRole('textbox', { name: 'Link', exact: true });
  await expect(link).toHaveValue(/#AGE-SECRET-KEY-1/);
  const url = await link.inputValue();
  const { pathname, hash } = new URL(url);
  return { slug: pathname.slice(1), url, key: parseFragment(hash).key };
}

interface Opening {
  key: string;
  password?: string;
  revision?: number;
}

/** Decrypts a paste as a reader does. */
export async function open(
  api: Api,
  slug: string,
  { key, password, revision }: Opening,
): Promise<OpenedArchive> {
  const bytes = async (path: string) => new Uint8Array((await api.get(path)).bytes);
  const contentKey =
    password === undefined ? key : await openLock(await bytes(`/${slug}/lock`), { linkKey: key, password });
  return openPayload(await bytes(`/${slug}/raw`), { contentKey, revision });
}

export function textsOf({ files }: OpenedArchive): string[] {
  return files.map(({ content }) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(content));
}

/** Everything that the page sends from now on: addresses, headers and bodies. */
export async function recordRequests(page: Page): Promise<string[]> {
  const sent: string[] = [];
  page.on('request', (request) => {
    sent.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? '');
  });
  await page.exposeFunction('recordBody', (body: string) => sent.push(body));
  // The bodies of forms with files are not told by the browser.
  await page.addInitScript(() => {
    const record = (window as unknown as { recordBody(body: string): void }).recordBody;
    const original = window.fetch;
    window.fetch = async (input, init) => {
      if (init?.body) record(await new Response(init.body as BodyInit).text());
      return original(input, init);
    };
    const { send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.send = function (body) {
      if (body) void new Response(body as BodyInit).text().then(record);
      send.call(this, body);
    };
  });
  return sent;
}

/** Everything that the server has kept: rows, bodies, what it printed, mail. */
export async function readServer({ databaseUrl, blobFolder, logFile, mailFolder }: Mount): Promise<string> {
  const folders = [blobFolder, mailFolder].filter((folder) => folder !== null);
  const files = (await Promise.all(folders.map(listBlobs))).flat();
  const contents = await Promise.all([...files, logFile].map((file) => readFile(file, 'latin1')));
  return [await readEverything(databaseUrl), ...files, ...contents].join('\n');
}

export async function expectNowhere(secrets: readonly string[], sent: readonly string[], sheaf: Mount) {
  const everything = `${sent.join('\n')}\n${await readServer(sheaf)}`.toLowerCase();
  for (const secret of secrets) expect(everything.includes(secret.toLowerCase()), secret).toBe(false);
}

export async function openSecretComposer(page: Page, path = '/'): Promise<ComposerPage> {
  const composer = new ComposerPage(page);
  await composer.openEditor(path);
  await composer.secret.click();
  await expect(composer.secret).toBeChecked();
  return composer;
}
