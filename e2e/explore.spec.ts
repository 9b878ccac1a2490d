import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('public pastes are found by language and by words, page after page', async ({
      page,
      createPaste,
    }) => {
      const mark = randomBytes(6).toString('hex');
      const make = (title: string, language: string) =>
        createPaste({ title: `${title} ${mark}`, content: 'text', language, visibility: 'public' });
      for (let number = 1; number <= 21; number += 1) await make(`Gem ${number}`, 'ruby');
      await make('100% sure', 'ruby');
      await make('100 sure', 'ruby');
      const content = '\n\u202eimport re\n\n\tprint("of a long text")\nthird';
      await createPaste({ title: `Snake ${mark}`, content, language: 'python', visibility: 'public' });
      const found = page.getByRole('main').getByRole('listitem').getByRole('heading');
      const search = page.getByRole('searchbox', { name: 'Title, file name or language' });

      await page.goto('/explore');
      await search.fill(mark);
      await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'Ruby' });
      await page.getByRole('button', { name: 'Search' }).click();
      await expect(found).toHaveCount(20);
      await expect(found.first()).toHaveText(`100 sure ${mark}`);
      await page.getByRole('link', { name: 'Older' }).click();
      await expect(found).toHaveText([`Gem 3 ${mark}`, `Gem 2 ${mark}`, `Gem 1 ${mark}`]);
      await expect(search).toHaveValue(mark);
      expect(new URL(page.url()).searchParams.get('language')).toBe('ruby');
      await page.getByRole('link', { name: 'Newest' }).click();
      await expect(found).toHaveCount(20);

      await search.fill(`0% sure ${mark}`);
      await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'Any language' });
      await page.getByRole('button', { name: 'Search' }).click();
      await expect(found).toHaveText([`100% sure ${mark}`]);
      for (const nothing of [`${mark}%`, `_00 sure ${mark}`, '\\']) {
        await search.fill(nothing);
        await page.getByRole('button', { name: 'Search' }).click();
        await expect(page.getByText('No public pastes match.'), nothing).toBeVisible();
        await expect(search).toHaveValue(nothing);
      }
      await page.getByRole('link', { name: 'Show all' }).click();
      await expect(page).toHaveURL('/explore');
      const snake = page
        .getByRole('main')
        .getByRole('listitem')
        .filter({ hasText: `Snake ${mark}` });
      await expect(snake.getByRole('paragraph')).toHaveText('import re  print("of a long text")');
      await expect(snake.getByRole('listitem').filter({ hasText: 'Python' })).toHaveCount(1);
    });
  });
}
