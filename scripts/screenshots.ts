import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright/test';
import sharp from 'sharp';
import { Api } from '../e2e/support/api';
import { findChromiums } from '../e2e/support/chromium';
import { Cleanup, makeFolder, startFront } from '../e2e/support/mounts';
import en from '../lib/core/i18n/messages/en.json';
import ru from '../lib/core/i18n/messages/ru.json';
import { ensureBuilt } from './build';
import { ROOT } from './root';
import { makeMember, type ShownMember } from './screenshot-member';
import {
  largeSample,
  manyFilesSample,
  markdownSample,
  readSample,
  type SamplePaste,
} from './screenshot-samples';

const FOLDER = join(ROOT, 'docs/screens');
const LANGUAGES = { en, ru };
const LOOKS: Look[] = (['light', 'dark'] as const).flatMap((theme) => [
  { size: { width: 1280, height: 800 }, theme, language: 'en' },
  { size: { width: 390, height: 844 }, theme, language: 'ru' },
]);

interface Samples {
  member: ShownMember;
  short: string;
  large: string;
  markdown: string;
  many: string;
  edited: { slug: string; edit_key: string };
}

interface Look {
  size: { width: number; height: number };
  theme: 'light' | 'dark';
  language: keyof typeof LANGUAGES;
}

async function makeSamples(api: Api, member: ShownMember): Promise<Samples> {
  const create = (paste: SamplePaste) => api.create({ expires_in: '1mo', ...paste });
  const retry = [await readSample('retry/retry.ts'), await readSample('retry/retry.test.ts')];
  const listed: [title: string, path: string][] = [
    ['Which cities, before the trip', 'cities.csv'],
    ['Deploy of Wednesday', 'deploy.log'],
    ['Борщ', 'borsch.md'],
    ['TLS in front of Sheaf', 'nginx.conf'],
    ['The page that ended one row early', 'off-by-one.diff'],
    ['Overdrawn since when', 'window/running-total.sql'],
    ['', 'tail.py'],
  ];
  for (const [title, path] of listed) {
    await create({ title, files: [await readSample(path)], visibility: 'public' });
  }
  await create({ title: 'Retry with jitter, the version that worked', files: retry, visibility: 'public' });
  const notes = await readSample('standup.md');
  const edited = await create({ title: 'Monday notes', files: [notes] });
  const additions = [
    '\n## Later\n\n- the export is slow again\n',
    '\n- ask Mara about the invoice numbers\n',
  ];
  let content = notes.content;
  for (const addition of additions) {
    content += addition;
    const json = { files: [{ name: notes.name, content }] };
    await api.send(`/api/v1/pastes/${edited.slug}`, { method: 'PATCH', json, editKey: edited.edit_key });
  }
  return {
    member,
    short: (await create({ title: 'Following a log', files: [await readSample('tail.py')] })).slug,
    large: (await create(largeSample())).slug,
    markdown: (await create(markdownSample)).slug,
    many: (await create(manyFilesSample())).slug,
    edited,
  };
}

async function takeAll(browser: Browser, api: Api, options: { samples: Samples; look: Look }): Promise<void> {
  const { samples, look } = options;
  const { size, theme, language } = look;
  const words = LANGUAGES[language];
  const context = await browser.newContext({
    baseURL: api.baseUrl,
    viewport: size,
    colorScheme: theme,
    locale: language,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();

  async function take(name: string, path?: string): Promise<void> {
    if (path !== undefined) await page.goto(path, { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready);
    const image = await page.screenshot({ caret: 'hide' });
    const file = join(FOLDER, `${name}-${size.width}-${theme}-${language}.png`);
    await sharp(image).png({ palette: true, effort: 10 }).toFile(file);
  }

  await write(page, words);
  await take('composer');
  const button = page.getByRole('button', { name: words.composer.createLink });
  await button.click();
  await page.getByRole('heading', { name: words.saved.made }).waitFor();
  const saved = {
    slug: new URL(page.url()).pathname.slice(1),
    edit_key: await page
      .getByRole('textbox', { name: words.saved.editKey, includeHidden: true })
      .inputValue(),
  };
  await take('saved');
  await api.remove(saved);

  await take('reading-short', `/${samples.short}`);
  await take('reading-1mb', `/${samples.large}`);
  await take('reading-markdown', `/${samples.markdown}`);
  await take('reading-20-files', `/${samples.many}`);
  await page.goto(`/${samples.edited.slug}/edit`);
  await page.getByRole('textbox', { name: words.editing.keyLabel }).fill(samples.edited.edit_key);
  await page.getByRole('button', { name: words.editing.keySubmit }).click();
  await page.getByRole('button', { name: words.composer.save, exact: true }).waitFor();
  await take('history-diff', `/${samples.edited.slug}/history?r=2`);
  await take('explore', '/explore');

  await samples.member.signIn(context);
  await take('own', '/me');
  await take('contacts', '/contacts');
  await take('share', `/${samples.member.shared}/share`);
  await context.close();
}

async function write(page: Page, words: typeof en): Promise<void> {
  const [code, test] = [await readSample('retry/retry.ts'), await readSample('retry/retry.test.ts')];
  await page.goto('/', { waitUntil: 'networkidle' });
  const files = [code, test].map(({ name, content }) => ({
    name,
    mimeType: 'text/plain',
    buffer: Buffer.from(content),
  }));
  await page.getByLabel(words.composer.uploads).setInputFiles(files);
  await page.getByRole('tab', { name: code.name }).click();
  await page.getByRole('textbox', { name: words.composer.title }).fill('Retry with jitter');
  const text = page.getByRole('textbox', { name: words.composer.text, exact: true });
  await text.and(page.locator('[contenteditable]')).waitFor();
  await text.focus();
  await page.waitForLoadState('networkidle');
}

async function main(): Promise<void> {
  await ensureBuilt();
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const cleanup = new Cleanup();
  try {
    const dataFolder = await makeFolder(cleanup);
    const server = await startFront({ dataFolder });
    cleanup.add(() => server.stop());
    const api = new Api(server.url);
    const samples = await makeSamples(
      api,
      await makeMember(api, { url: server.url, mailFolder: join(dataFolder, 'mail') }),
    );
    const browser = await chromium.launch(findChromiums()[0]);
    cleanup.add(() => browser.close());
    for (const look of LOOKS) await takeAll(browser, api, { samples, look });
  } finally {
    await cleanup.run();
  }
  console.log(`The pictures are in ${FOLDER}`);
}

await main();
