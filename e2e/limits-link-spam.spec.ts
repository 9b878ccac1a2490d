import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { Cleanup, makeFolder, startFront } from './support/mounts';

const SPAM = ['a', 'b', 'c'].map((path) => `The best casino: https://promo.example/${path}`).join('\n');

const cleanup = new Cleanup();
let url: string;

test.beforeAll(async () => {
  const env = { RATE_LIMIT_SCALE: '1', FIRST_PASTE_APPROVAL: 'true' };
  const front = await startFront({ dataFolder: await makeFolder(cleanup), env });
  cleanup.add(() => front.stop());
  url = front.url;
  const send = () =>
    fetch(`${url}/api/v1/pastes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ content: SPAM }),
    });
  for (let count = 0; count < 10; count += 1) expect((await send()).status).toBe(201);
});

test.afterAll(() => cleanup.run());

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('the composer says that too many texts promote links, and keeps the text', async ({ page }) => {
      const composer = new ComposerPage(page);
      if (javaScriptEnabled) await composer.openEditor(`${url}/`);
      else await composer.open(`${url}/`);
      const visibilities = composer.visibility.locator('option');
      expect(await visibilities.evaluateAll((all) => all.map((one) => one.getAttribute('value')))).toEqual([
        'unlisted',
      ]);
      await composer.text.fill(SPAM);
      await page.getByRole('button', { name: /^Create link/ }).click();
      await expect(composer.alert).toContainText('Most of the links in this text promote something.');
      await expect(composer.text).toContainText('https://promo.example/c');
    });
  });
}
