import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures';
import { listBlobs, readEverything } from './support/storage';

/** What the lists show of a text: its first two lines, which the database keeps. */
const PREVIEW = 'one\ntwo\n';

test('keeps texts in the blob store, and in the database two lines', async ({ api, sheaf, createPaste }) => {
  const marker = `marker-${randomBytes(16).toString('hex')}`;
  const content = `${PREVIEW}first ${marker}`;
  const first = await createPaste({ title: 'Titled', content, visibility: 'public' });
  await createPaste({ files: [{ content: 'x' }, { name: 'second.txt', content: `second ${marker}\n` }] });
  // Of a paste that burns, not even these.
  await createPaste({ content: `burning ${marker}`, burn_after: 1 });
  const sent = await api.postText('', `${PREVIEW}third ${marker}`);
  const third = {
    slug: sent.text.trim().split('/').at(-1) ?? '',
    edit_key: sent.headers.get('x-edit-key') ?? '',
  };
  const change = {
    method: 'PATCH',
    json: { content: `${PREVIEW}fourth ${marker}` },
    editKey: first.edit_key,
  };
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
      `burning ${marker}`,
      `${PREVIEW}first ${marker}`,
      `${PREVIEW}fourth ${marker}`,
      `${PREVIEW}third ${marker}`,
      `second ${marker}\n`,
    ]);
  }
  await api.remove(third);
});
