import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { pool } from '../db';
import { prisma } from '../prisma';
import { areSettingsFresh, forgetSettings, refreshSettings, setting } from './stored-settings';

useTestDatabase();

let release = async () => {};

beforeAll(() => setReaders('members', 1));
afterEach(() => release());

async function setReaders(who: string, version: number): Promise<void> {
  const data = { version, settings: { who_can_read: who }, updatedAt: new Date() };
  await prisma().instanceSettings.upsert({ where: { id: 1 }, create: data, update: data });
}

/** Makes reads of the settings wait until `release`. */
async function holdSettings(): Promise<void> {
  const client = await pool().connect();
  await client.query('begin');
  await client.query('lock table instance_settings in access exclusive mode');
  release = async () => {
    release = async () => {};
    await client.query('rollback');
    client.release();
  };
}

it('waits longer before what is set is known, because the configuration may allow more', async () => {
  expect(setting('who_can_read')).toBe('everyone');
  await holdSettings();
  const refreshed = refreshSettings();
  await setTimeout(400);
  await release();
  await refreshed;
  expect(setting('who_can_read')).toBe('members');
});

it('goes on by what it knows if the database is slow, and takes the answer when it comes', async () => {
  await setReaders('everyone', 2);
  await holdSettings();
  await refreshSettings({ maxAgeMs: 0 });
  expect([setting('who_can_read'), areSettingsFresh()]).toEqual(['members', true]);
  await release();
  await vi.waitFor(() => expect(setting('who_can_read')).toBe('everyone'));
});

it('reads again after a change, also if a read that began before fails', async () => {
  await setTimeout(1_100);
  await holdSettings();
  const refreshed = refreshSettings({ maxAgeMs: 0 });
  forgetSettings();
  await refreshed;
  expect(areSettingsFresh()).toBe(false);
});
