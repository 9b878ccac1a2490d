import { expect, it, vi } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { signedIn } from '../../test/callers';
import { pool } from '../core/db';
import { recordJobRun } from '../core/job-runs';
import { createPaste } from '../pastes/create';
import { createPasteSchema } from '../pastes/schema';
import { blobStore } from '../storage/blob-store';
import { readStatus } from './status';

useTestDatabase();

it('says what an instance runs on, holds and waits for', async () => {
  const at = new Date('2026-01-02T03:04:05Z');
  await recordJobRun(pool(), 'backup', at);
  await createPaste(createPasteSchema.parse({ content: 'twelve bytes' }), signedIn(await addUser()));
  await pool().query(`insert into blob_deletions (key) values ('a/one')`);
  const status = await readStatus();
  expect(status).toMatchObject({
    node: process.versions.node,
    postgres: expect.stringMatching(/^\d+\.\d+/),
    lastMigration: expect.stringMatching(/^\d{14}_\w+$/),
    textBytes: 12,
    store: 'folder',
    doesStoreAnswer: true,
    mailer: 'local',
    mails: 0,
    bodies: 1,
    sweptAt: null,
    backedUpAt: at,
  });
  vi.spyOn(blobStore(), 'ping').mockRejectedValueOnce(new Error('gone'));
  expect((await readStatus()).doesStoreAnswer).toBe(false);
});
