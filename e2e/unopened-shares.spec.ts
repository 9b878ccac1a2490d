import { expect } from './fixtures';
import { PastePage } from './pages/paste-page';
import { bearerFor } from './support/accounts';
import { test } from './support/member';

test('the page that opens a shared paste does not count it as unopened', async ({
  api,
  context,
  createOwn,
  newMember,
  page,
}) => {
  const author = await newMember(null);
  const friend = await newMember(context);
  const headers = await bearerFor(api, author);
  const slugs: string[] = [];
  for (const content of ['one', 'two']) {
    const { slug } = await createOwn(author, { content, visibility: 'private' });
    const json = { email: friend.email, notify: false };
    const shared = await api.send(`/api/v1/pastes/${slug}/shares`, { method: 'POST', json, headers });
    expect(shared.status).toBe(201);
    slugs.push(slug);
  }
  const shared = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Shared' }).first();
  await page.goto('/explore');
  await expect(shared).toHaveAccessibleName('Shared (2) not opened');
  await page.goto(`/${slugs[0]}`);
  await expect(new PastePage(page).text()).toContainText('one');
  await expect(shared).toHaveAccessibleName('Shared (1) not opened');
  await page.goto(`/${slugs[1]}`);
  await expect(shared).toHaveAccessibleName('Shared');
});
