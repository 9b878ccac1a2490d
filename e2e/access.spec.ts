import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`pages are usable with assistive technology, ${colorScheme}`, async ({ page, createPaste }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const single = await createPaste({
      title: 'Letter',
      files: [{ name: 'a.ts', content: '// hello\nconst text = "שלום" + 1;\n' }],
      visibility: 'public',
    });
    const several = await createPaste({
      files: [{ content: '# One' }, { name: 'two.py', content: 'print(2)' }],
    });
    const paths = [
      '/',
      `/${single.slug}`,
      `/${several.slug}`,
      `/${single.slug}/edit`,
      '/explore',
      '/nobodysPaste',
    ];
    for (const path of paths) {
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
      expect(found, `${path}, ${colorScheme}`).toEqual([]);
    }
  });
}

test('a paste is made with the keyboard alone', async ({ page, api }) => {
  await page.goto('/');
  await expect(page.getByRole('textbox', { name: 'Text' })).toBeFocused();
  await page.keyboard.type('typed, not clicked');
  await page.keyboard.press('Control+Enter');
  const link = page.getByRole('textbox', { name: 'Link' });
  const slug = (await link.inputValue()).split('/').at(-1) ?? '';
  expect((await api.get(`/${slug}/raw`)).text).toBe('typed, not clicked');
  await api.remove({ slug, edit_key: await page.getByRole('textbox', { name: 'Edit key' }).inputValue() });
});
