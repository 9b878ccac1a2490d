import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures';
import { listBlobs, readEverything } from './support/storage';

test('keeps texts in the blob store and never in the database', async ({ api, sheaf, createPaste }) => {
  const marker = `marker-${randomBytes(16).toString('hex')}`;
  const first = await createPaste({ title: 'Titled', content: `first ${marker}`, visibility: 'public' });
  await createPaste({ files: [{ content: 'x' }, { name: 'second.txt', content: `second ${marker}\n` }] });
  const sent = await api.postText('', `third ${marker}`);
  const third = {
    slug: sent.text.trim().split('/').at(-1) ?? '',
    edit_key: sent.headers.get('x-edit-key') ?? '',
  };
  const change = { method: 'PATCH', json: { content: `fourth ${marker}` }, editKey: first.edit_key };
  expect((await api.send(`/api/v1/pastes/${first.slug}`, change)).status).toBe(200);
  for (const path of [`/${first.slug}`, `/${first.slug}/preview.png`, `/${first.slug}/raw`])
    await api.get(path);

  const everything = await readEverything(sheaf.databaseUrl);
  expect(everything, 'the search does find what is there').toContain('Titled');
  expect(everything).not.toContain(marker);
  expect(everything).not.toContain(Buffer.from(marker).toString('hex'));
  expect(everything).not.toContain(Buffer.from(marker).toString('base64').slice(4, -4));
  expect(everything).not.toContain(first.edit_key);

  if (sheaf.blobFolder !== null) {
    const bodies = await Promise.all(
      (await listBlobs(sheaf.blobFolder)).map((blob) => readFile(blob, 'utf8')),
    );
    const marked = bodies.filter((body) => body.includes(marker));
    expect(marked.sort()).toEqual([
      `first ${marker}`,
      `fourth ${marker}`,
      `second ${marker}\n`,
      `third ${marker}`,
    ]);
  }
  await api.remove(third);
});
