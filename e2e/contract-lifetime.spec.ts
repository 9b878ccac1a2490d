import { expect, test } from './fixtures';
import { expectProblem, goneEverywhere, lookEverywhere } from './support/checks';
import { createdPasteShape, pasteShape } from './support/shapes';
import { listBlobs, listBodyKeys, listStored, query } from './support/storage';

/** The same day that many months on in UTC, or the last one where that month is shorter. */
function addMonths(from: Date, months: number): Date {
  const first = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1);
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0)).getUTCDate();
  const timeOfDay = from.getTime() % 86_400_000;
  return new Date(first + (Math.min(from.getUTCDate(), lastDay) - 1) * 86_400_000 + timeOfDay);
}

const SECONDS: Record<string, number> = {
  '10m': 600,
  '1h': 3_600,
  '1d': 86_400,
  '1w': 604_800,
  '2w': 1_209_600,
  PT1S: 1,
  PT90M: 5_400,
  P3DT4H: 273_600,
  P2W: 1_209_600,
};
const MONTHS: Record<string, number> = {
  '1mo': 1,
  '3mo': 3,
  '6mo': 6,
  '1y': 12,
  P1M: 1,
  P18M: 18,
  P4Y: 48,
  P100Y: 1_200,
};

test('counts lifetimes by the calendar, to the millisecond', async ({ api, createPaste }) => {
  for (const [lifetime, seconds] of Object.entries(SECONDS)) {
    const paste = await createPaste({ content: 'x', expires_in: lifetime });
    const lives = Date.parse(paste.expires_at ?? '') - Date.parse(paste.created_at);
    expect(lives, lifetime).toBe(seconds * 1000);
  }
  for (const [lifetime, months] of Object.entries(MONTHS)) {
    const paste = await createPaste({ content: 'x', expires_in: lifetime });
    expect(paste.expires_at, lifetime).toBe(addMonths(new Date(paste.created_at), months).toISOString());
  }
  const leap = await createPaste({ content: 'x', expires_at: '2028-02-29T23:59:59.999Z' });
  expect(leap.expires_at).toBe('2028-02-29T23:59:59.999Z');
  expect((await api.get(`/api/v1/pastes/${leap.slug}`)).json(pasteShape).expires_at).toBe(leap.expires_at);
});

test('counts a new lifetime from the change', async ({ api, createPaste }) => {
  const paste = await createPaste({ content: 'x', expires_in: '10m' });
  const options = { method: 'PATCH', json: { expires_in: '1h' }, editKey: paste.edit_key };
  const changed = (await api.send(`/api/v1/pastes/${paste.slug}`, options)).json(pasteShape);
  expect(Date.parse(changed.expires_at ?? '') - Date.parse(changed.updated_at)).toBeLessThanOrEqual(
    3_600_000,
  );
  expect(Date.parse(changed.expires_at ?? '')).toBeGreaterThan(Date.parse(paste.created_at) + 3_600_000);
});

test('expires a paste at its second, independently of the sweep', async ({ api, sheaf }) => {
  const answer = await api.post('/api/v1/pastes', {
    files: [{ content: 'short-lived' }, { content: 'and this too' }],
    expires_in: 'PT2S',
    visibility: 'public',
  });
  const paste = answer.json(createdPasteShape);
  const expiry = Date.parse(paste.expires_at ?? '');
  const path = `/${paste.slug}/raw`;
  // Requested before it expires, so that any cache is filled.
  const alive = (await lookEverywhere(api, paste.slug)).filter((line) =>
    line.startsWith(`/${paste.slug}/raw `),
  );
  expect(alive).toEqual([`${path} 200`]);
  await expect
    .poll(
      async () => {
        const asked = Date.now();
        const { status } = await api.get(path);
        const answered = Date.now();
        // Neither before its time nor after it.
        if (status === 200) expect(asked).toBeLessThan(expiry);
        else expect(answered).toBeGreaterThanOrEqual(expiry);
        return status;
      },
      { intervals: [50], timeout: 10_000 },
    )
    .toBe(404);
  expect(await lookEverywhere(api, paste.slug)).toEqual(goneEverywhere(paste.slug));
  expectProblem(await api.remove(paste), 404, 'not_found');
  const change = { method: 'PATCH', json: { expires_in: 'never' }, editKey: paste.edit_key };
  expectProblem(await api.send(`/api/v1/pastes/${paste.slug}`, change), 404, 'not_found');
  const rows = await query(sheaf.databaseUrl, 'select 1 from pastes where slug = $1', [paste.slug]);
  if (sheaf.name !== 'front') expect(rows, 'nothing has swept here').toHaveLength(1);
});

test('sweeps rows and bodies of what has expired', async ({ api, sheaf, cronSecret }) => {
  const paste = await api.create({ files: [{ content: 'a' }, { content: 'b' }], expires_in: 'PT1S' });
  const keys = await listBodyKeys(sheaf.databaseUrl, paste.slug);
  expect(keys).toHaveLength(2);
  const left = async () => {
    if (sheaf.name !== 'front') await api.get('/api/cron/sweep', { authorization: `Bearer ${cronSecret}` });
    const rows = await query(
      sheaf.databaseUrl,
      'select slug from pastes where slug = $1 union all select blob_key from files where blob_key = any($2)',
      [paste.slug, keys],
    );
    const blobs = sheaf.blobFolder === null ? [] : await listBlobs(sheaf.blobFolder);
    return rows.length + blobs.filter((blob) => keys.some((key) => blob.endsWith(key))).length;
  };
  await expect.poll(left, { intervals: [200], timeout: 15_000 }).toBe(0);
});

test('removes rows and bodies of what is deleted', async ({ api, sheaf }) => {
  const paste = await api.create({ content: 'deleted' });
  const [key = 'no body'] = await listBodyKeys(sheaf.databaseUrl, paste.slug);
  const stored = async () =>
    (await listStored(sheaf.databaseUrl, sheaf.blobFolder)).filter((line) => line.endsWith(key));
  if (sheaf.blobFolder !== null) expect(await stored()).toHaveLength(1);
  expect((await api.remove(paste)).status).toBe(204);
  expect(await query(sheaf.databaseUrl, 'select 1 from pastes where slug = $1', [paste.slug])).toEqual([]);
  expect(await stored()).toEqual([]);
});
