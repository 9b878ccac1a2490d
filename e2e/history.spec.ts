import { expect, test } from './fixtures';
import { ComposerPage } from './pages/composer-page';
import { PastePage } from './pages/paste-page';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('earlier revisions are listed, compared, restored and deleted', async ({ page, otherPage, api }) => {
      const composer = new ComposerPage(page);
      const paste = new PastePage(page);
      await composer.open();
      await composer.fill({ fileName: 'a.txt', text: 'same\nfirst\n' });
      await composer.createLink();
      const saved = await paste.readSaved();
      for (const text of ['same\nsecond\n', 'same\nthird\nand more\n']) {
        await paste.edit();
        await composer.fill({ text });
        await composer.save();
        await expect(page.getByRole('heading', { name: 'Your changes are saved.' })).toBeVisible();
      }

      const path = `/${saved.slug}/history`;
      const revisions = page.getByRole('main').getByRole('listitem').getByRole('heading');
      await page.getByRole('link', { name: 'History' }).click();
      await expect(page).toHaveURL(path);
      await expect(revisions).toHaveText([/^Revision 3.*current$/, 'Revision 2', 'Revision 1']);
      await page.getByRole('link', { name: 'Revision 3' }).click();
      const changes = page.getByRole('region', { name: 'Changes in a.txt' });
      await expect(changes.getByRole('insertion')).toHaveText(['third', 'and more']);
      await expect(changes.getByRole('deletion')).toHaveText(['second']);
      await expect(changes).toContainText('same');
      const totals = page.getByRole('main').getByRole('listitem').filter({ hasText: '1 file changed' });
      await expect(totals).toContainText('+2 −1');
      const split = page.getByRole('link', { name: 'Side by side' });
      await split.click();
      await expect(split).toHaveAttribute('aria-current', 'true');
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Remember this view' }).click();
      await page.goto(`${path}?r=3`);
      await expect(split).toHaveAttribute('aria-current', 'true');
      await expect(changes.getByRole('insertion')).toHaveText(['third', 'and more']);
      const size = page.viewportSize();
      await page.setViewportSize({ width: 390, height: 844 });
      const current = page
        .getByRole('navigation', { name: 'View', exact: true })
        .locator('[aria-current]:visible');
      await expect(current).toHaveText(['Inline']);
      await current.click();
      await expect(current).toHaveText(['Inline']);
      if (size) await page.setViewportSize(size);
      await expect(current).toHaveText(['Side by side']);
      await page.getByRole('link', { name: 'Text', exact: true }).click();
      await expect(paste.text('a.txt')).toContainText('and more');

      await page.goto(path);
      await page.getByRole('link', { name: 'Revision 1' }).click();
      await expect(paste.text('a.txt')).toContainText('first');
      await page.getByRole('button', { name: 'Restore' }).click();
      await expect(page.getByText('Restored. The earlier text is now the newest revision.')).toBeVisible();
      await expect(revisions.first()).toHaveText(/^Revision 4.*current$/);
      expect((await api.get(`/${saved.slug}/raw`)).text).toBe('same\nfirst\n');

      await page.getByRole('link', { name: 'Revision 2' }).click();
      await page.getByRole('button', { name: 'Delete this revision…', exact: true }).click();
      await page.getByRole('button', { name: 'Delete permanently' }).click();
      await expect(page.getByText('The revision was deleted.')).toBeVisible();
      await expect(revisions).toHaveText([/^Revision 4/, 'Revision 3', 'Revision 1']);
      expect((await page.goto(`${path}?r=2`))?.status()).toBe(404);

      for (const hidden of [path, `${path}?r=1`]) {
        expect((await otherPage.goto(hidden))?.status(), hidden).toBe(404);
        await expect(otherPage.getByText('first')).toHaveCount(0);
      }
      await api.remove(saved);
      expect((await page.goto(path))?.status()).toBe(404);
    });
  });
}
