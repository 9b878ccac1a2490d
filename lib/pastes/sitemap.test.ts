import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { signedIn } from '../../test/callers';
import { prisma } from '../core/prisma';
import { createPaste } from './create';
import { createPasteSchema } from './schema';
import { listSitemapDays, listSitemapPastes } from './sitemap';

useTestDatabase();

const NOW = new Date();

async function create(fields: object) {
  const input = createPasteSchema.parse({ content: 'x', ...fields });
  return (await createPaste(input, signedIn(await addUser()))).paste;
}

it('lists the days of the sitemap, and the pastes of each', async () => {
  const dates = ['2026-03-01T00:00:00.000Z', '2026-03-01T23:59:59.999Z', '2026-05-02T12:00:00.000Z'];
  const slugs: string[] = [];
  for (const createdAt of dates) {
    const { slug } = await create({ visibility: 'public', expires_in: 'never' });
    await prisma().paste.update({ where: { slug }, data: { createdAt } });
    slugs.push(slug);
  }
  await prisma().paste.update({ where: { slug: slugs[1] ?? '' }, data: { hiddenAt: NOW } });
  await create({ visibility: 'unlisted' });
  expect(await listSitemapDays()).toEqual(['2026-05-02', '2026-03-01']);
  const listed = async (day: string) => (await listSitemapPastes(day, NOW))?.map(({ slug }) => slug);
  expect(await listed('2026-03-01')).toEqual([slugs[0]]);
  expect(await listed('2026-05-02')).toEqual([slugs[2]]);
  expect(await listed('2026-05-03')).toEqual([]);
  for (const day of ['pages', '2026-02-30', '2026-13-01', '']) expect(await listed(day)).toBeUndefined();
});
