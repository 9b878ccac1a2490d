import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findFolderFaults, usedFolders } from './env-folders';

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'sheaf-folders-'));
});

afterEach(() => rm(parent, { recursive: true, force: true }));

it('creates a missing folder and leaves nothing in it', async () => {
  const folder = join(parent, 'a/b');
  await mkdir(join(parent, 'there'));
  expect(await findFolderFaults({ BLOB_DIR: folder, MAIL_DIR: join(parent, 'there') })).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

it.each(['DATA_DIR', 'BLOB_DIR', 'MAIL_DIR'])('names %s where a file is in its place', async (name) => {
  const file = join(parent, 'file');
  await writeFile(file, '');
  expect(await findFolderFaults({ [name]: file })).toEqual([
    `${name} must be a folder that Sheaf can write to, but ${JSON.stringify(file)} is a file.`,
  ]);
  expect(await findFolderFaults({ [name]: join(file, 'below') })).toEqual([
    expect.stringMatching(new RegExp(`^${name} must be a folder .* is inside a path that is a file\\.$`)),
  ]);
});

it('reports every folder that is not writable, as root too', async () => {
  // Not even root can create one there.
  const faults = await findFolderFaults({ BLOB_DIR: '/proc/sheaf', MAIL_DIR: '/proc/self/sheaf' });
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['BLOB_DIR', 'MAIL_DIR']);
});

it('looks at the folders that are used', () => {
  const folders = { BLOB_DIR: 'blobs', MAIL_DIR: 'mail' };
  expect(usedFolders(folders)).toEqual(folders);
  expect(usedFolders({ ...folders, BLOB_READ_WRITE_TOKEN: 'token' })).toEqual({ MAIL_DIR: 'mail' });
  expect(usedFolders({ ...folders, S3_BUCKET: 'texts' })).toEqual({ MAIL_DIR: 'mail' });
  expect(usedFolders({ ...folders, SMTP_URL: 'smtp://mail' })).toEqual({ BLOB_DIR: 'blobs' });
  expect(usedFolders({ ...folders, RESEND_API_KEY: 'key' })).toEqual({ BLOB_DIR: 'blobs' });
  expect(usedFolders({})).toEqual({});
});
