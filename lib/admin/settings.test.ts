import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import type { UserRecord } from '../core/caller';
import { type Env, env } from '../core/env';
import type { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { SETTING_NAMES } from '../core/settings/definitions';
import {
  areSettingsFresh,
  refreshSettings,
  setting,
  settingsVersion,
} from '../core/settings/stored-settings';
import { getSettings, updateSettings } from './settings';
import { type UpdateSettings, updateSettingsSchema } from './settings-schema';

useTestDatabase();

const WIDEST = {
  WHO_CAN_CREATE: 'everyone',
  WHO_CAN_READ: 'everyone',
  WHO_CAN_REGISTER: 'everyone',
  REGISTRATION_DOMAINS: [],
  PUBLIC_FEED: true,
  MAX_LIFETIME_ANONYMOUS: 'never',
  MAX_LIFETIME_MEMBER: 'never',
  MAX_PASTE_KB_ANONYMOUS: 4096,
  MAX_PASTE_KB_MEMBER: 4096,
  MAX_STORED_MB: undefined,
  NOTICE: undefined,
  INSTANCE_NAME: 'Sheaf',
  ACCENT: undefined,
} satisfies Partial<Record<keyof Env, unknown>>;

const ALL_UNSET = Object.fromEntries(SETTING_NAMES.map((name) => [name, null])) as UpdateSettings;

let admin: UserRecord;

beforeAll(async () => {
  admin = await addUser({ role: 'admin' });
});
beforeEach(async () => {
  configure({});
  await change(ALL_UNSET);
});

function configure(variables: Partial<Record<keyof Env, unknown>>): void {
  Object.assign(env(), WIDEST, variables);
}

function change(input: UpdateSettings, version?: number) {
  return updateSettings(input, { actor: admin, version });
}

/** The faults of a change that is rejected: the names of its fields with their messages, or its code. */
async function faultsOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => undefined,
    (reason: AppError) => reason,
  );
  if (!error || error.fields.length === 0) return error?.code;
  return error.fields.map(({ path, message }) => [path, message]);
}

describe('the ceiling', () => {
  it.each<[Partial<Record<keyof Env, unknown>>, UpdateSettings, boolean]>([
    [{ WHO_CAN_CREATE: 'members' }, { who_can_create: 'staff' }, true],
    [{ WHO_CAN_CREATE: 'members' }, { who_can_create: 'members' }, true],
    [{ WHO_CAN_CREATE: 'members' }, { who_can_create: 'everyone' }, false],
    [{ WHO_CAN_READ: 'members' }, { who_can_read: 'everyone' }, false],
    [{ WHO_CAN_REGISTER: 'invited' }, { who_can_register: 'none' }, true],
    [{ WHO_CAN_REGISTER: 'invited' }, { who_can_register: 'everyone' }, false],
    [{ PUBLIC_FEED: false }, { public_feed: true }, false],
    [{ PUBLIC_FEED: true }, { public_feed: false }, true],
    [{ MAX_LIFETIME_ANONYMOUS: '1mo' }, { max_lifetime_anonymous: '1w' }, true],
    [{ MAX_LIFETIME_ANONYMOUS: '1mo' }, { max_lifetime_anonymous: 'P2M' }, false],
    [{ MAX_LIFETIME_ANONYMOUS: '1mo' }, { default_lifetime_anonymous: 'never' }, false],
    [{ MAX_PASTE_KB_MEMBER: 64 }, { max_paste_kb_member: 64 }, true],
    [{ MAX_PASTE_KB_MEMBER: 64 }, { max_paste_kb_member: 65 }, false],
    [{ MAX_STORED_MB: 100 }, { max_stored_mb: 101 }, false],
    [{ MAX_STORED_MB: undefined }, { max_stored_mb: 101 }, true],
    [{ REGISTRATION_DOMAINS: ['example.com', 'b.org'] }, { registration_domains: ['example.com'] }, true],
    [{ REGISTRATION_DOMAINS: ['b.org'] }, { registration_domains: ['example.com'] }, false],
  ])('%j, %j: %s', async (variables, input, isAllowed) => {
    configure(variables);
    const [name] = Object.keys(input);
    expect(await faultsOf(change(input))).toEqual(isAllowed ? undefined : [[name, 'setting_excluded']]);
    const { stored } = await getSettings();
    expect(stored).toMatchObject(isAllowed ? input : { [name as string]: null });
  });

  it('holds for what was set before the configuration became narrower', async () => {
    await change({ who_can_create: 'members', max_stored_mb: 100, max_lifetime_member: '1y' });
    configure({ WHO_CAN_CREATE: 'none', MAX_STORED_MB: 10, MAX_LIFETIME_MEMBER: '1d' });
    const { in_force } = await getSettings();
    expect(in_force).toMatchObject({ who_can_create: 'none', max_stored_mb: 10, max_lifetime_member: '1d' });
  });

  it('a text replaces that of the variable, and null brings it back', async () => {
    configure({ NOTICE: 'Of the variable' });
    expect((await change({ notice: 'Of the page' })).in_force.notice).toBe('Of the page');
    expect((await change({ notice: null })).in_force.notice).toBe('Of the variable');
  });
});

describe('the name and the accent', () => {
  it.each<[UpdateSettings, string]>([
    [{ instance_name: '' }, 'setting_name'],
    [{ instance_name: 'x'.repeat(41) }, 'setting_name'],
    [{ instance_name: 'Acme\u202egnp' }, 'setting_name'],
    [{ instance_name: 'two\nlines' }, 'setting_name'],
    [{ accent: 'teal' }, 'setting_accent'],
    [{ accent: '#ffdd00' }, 'setting_accent_contrast'],
  ])('%j: %s', (input, fault) => {
    const messages = updateSettingsSchema.safeParse(input).error?.issues.map(({ message }) => message);
    expect(messages).toEqual([fault]);
  });

  it('replace those of the variables', async () => {
    configure({ INSTANCE_NAME: 'Acme', ACCENT: '#7a3e9d' });
    expect((await getSettings()).in_force).toMatchObject({ instance_name: 'Acme', accent: '#7a3e9d' });
    const input = updateSettingsSchema.parse({ instance_name: ' Заметки ', accent: '#B3261E' });
    const { in_force } = await change(input as UpdateSettings);
    expect(in_force).toMatchObject({ instance_name: 'Заметки', accent: '#b3261e' });
    configure({ INSTANCE_NAME: 'Sheaf', ACCENT: undefined });
    expect((await change(ALL_UNSET)).in_force).toMatchObject({ instance_name: 'Sheaf', accent: null });
  });
});

describe('a change', () => {
  it('applies to the next request of this process, and is in the audit log', async () => {
    await refreshSettings();
    expect(setting('who_can_read')).toBe('everyone');
    const { version } = await change({ who_can_read: 'members', max_pastes_member: 3 });
    expect(areSettingsFresh()).toBe(false);
    await refreshSettings();
    expect([setting('who_can_read'), setting('max_pastes_member'), settingsVersion()]).toEqual([
      'members',
      3,
      version,
    ]);
    const entries = await prisma().auditEntry.findMany({ orderBy: { id: 'desc' }, take: 2 });
    expect(entries.reverse().map(({ actorId, target, details }) => [actorId, target, details])).toEqual([
      [admin.id, 'who_can_read', { from: '', to: 'members' }],
      [admin.id, 'max_pastes_member', { from: '', to: '3' }],
    ]);
  });

  it('that another one has overtaken is stale, and changes nothing', async () => {
    const { version } = await getSettings();
    const changes = [change({ max_pastes_member: 5 }, version), change({ max_pastes_member: 6 }, version)];
    const outcomes = await Promise.all(changes.map(faultsOf));
    expect(outcomes.sort()).toEqual(['stale', undefined]);
    expect((await getSettings()).version).toBe(version + 1);
  });

  it('with one fault changes nothing', async () => {
    configure({ WHO_CAN_CREATE: 'members' });
    const before = await getSettings();
    expect(await faultsOf(change({ max_pastes_member: 9, who_can_create: 'everyone' }))).toEqual([
      ['who_can_create', 'setting_excluded'],
    ]);
    expect(await getSettings()).toEqual(before);
  });

  it('to what is set already is none', async () => {
    const { version } = await change({ max_pastes_member: 7 });
    expect((await change({ max_pastes_member: 7 })).version).toBe(version);
  });

  it('by someone who is no admin any more is rejected', async () => {
    const former = await addUser({ role: 'moderator' });
    expect(await faultsOf(updateSettings({ max_pastes_member: 1 }, { actor: former }))).toBe('not_found');
  });

  it('to domains that no admin has an address in is rejected', async () => {
    expect(await faultsOf(change({ registration_domains: ['elsewhere.org'] }))).toEqual([
      ['registration_domains', 'setting_locks_out'],
    ]);
    const own = admin.email.split('@')[1] ?? '';
    expect(await faultsOf(change({ registration_domains: ['elsewhere.org', own] }))).toBeUndefined();
  });
});

it('what this version does not take is left out', async () => {
  await change({ max_pastes_member: 7 });
  await prisma().$executeRaw`update instance_settings
    set settings = settings || '{"who_can_create": "robots", "of_another_version": 1}'::jsonb`;
  const { stored } = await getSettings();
  expect(stored).toMatchObject({ who_can_create: null, max_pastes_member: 7 });
});
