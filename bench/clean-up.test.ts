import { expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { env } from '../lib/core/env';
import { measureCleanUp } from './clean-up';

useTestDatabase();

it('removes what expired, and nothing else, although five sweeps are killed and two run at the same time', async () => {
  const { DATABASE_URL: databaseUrl, BLOB_DIR: blobFolder } = env();
  const { kills, rest, reads, again, faults } = await measureCleanUp({
    databaseUrl,
    blobFolder,
    size: 2_000,
    kills: 5,
  });
  expect(faults).toEqual([]);
  expect(kills).toBe(5);
  expect(rest.pastes).toBeGreaterThan(0);
  expect(reads.length).toBeGreaterThan(0);
  const nothing = { pastes_ended: 0, blobs_removed: 0, blobs_failed: 0, rows_removed: 0, strays_removed: 0 };
  expect(again).toMatchObject({ ...nothing, complete: true });
}, 120_000);
