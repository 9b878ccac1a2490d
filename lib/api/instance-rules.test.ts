import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { holdMail, PASSWORD } from '@/test/test-people';
import {
  ask,
  type Column,
  CREATES,
  instance,
  invitationFor,
  newEmail,
  postJson,
  READS,
  ROLES,
  register,
  rule,
  useInstance,
} from '../../test/instance';
import { setClock } from '../core/clock';
import type { Env } from '../core/env';
import { editKeysCookieName } from '../pastes/edit-key';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });
holdMail();
useInstance();

type Rules = Pick<Env, 'WHO_CAN_CREATE' | 'WHO_CAN_READ' | 'WHO_CAN_REGISTER'>;

/** The same rules, set by the operator or by an admin. */
const SET_BY = {
  variables: async (rules: Rules) => rule(rules),
  settings: async (rules: Rules) => {
    rule({});
    const named = Object.entries(rules).map(([variable, value]) => [variable.toLowerCase(), value]);
    expect((await patchSettings(Object.fromEntries(named))).status).toBe(200);
  },
};

function patchSettings(settings: Record<string, unknown>) {
  const headers = { 'Content-Type': 'application/json' };
  const path = '/api/v1/admin/settings';
  return ask(path, { method: 'PATCH', body: JSON.stringify(settings), headers, as: 'admin' });
}

/** For each rule, what each role is answered: the success of the way, or the code of the error. */
const MAY_CREATE: Record<Env['WHO_CAN_CREATE'], readonly string[]> = {
  everyone: ['ok', 'ok', 'ok', 'ok'],
  members: ['members_only', 'ok', 'ok', 'ok'],
  staff: ['members_only', 'create_disabled', 'ok', 'ok'],
  none: ['create_disabled', 'create_disabled', 'create_disabled', 'create_disabled'],
};

const MAY_READ: Record<Env['WHO_CAN_READ'], readonly string[]> = {
  everyone: ['ok', 'ok', 'ok', 'ok'],
  members: ['members_only', 'ok', 'ok', 'ok'],
};

const MAY_REGISTER: Record<Env['WHO_CAN_REGISTER'], readonly [plain: string, invited: string]> = {
  everyone: ['ok', 'ok'],
  invited: ['invitation_required', 'ok'],
  none: ['registration_closed', 'registration_closed'],
};

const STATUS: Record<string, number> = {
  members_only: 401,
  create_disabled: 403,
  invitation_required: 403,
  registration_closed: 403,
};

function keysOf<K extends string>(table: Record<K, unknown>): K[] {
  return Object.keys(table) as K[];
}

const combinations = keysOf(MAY_CREATE).flatMap((create) =>
  keysOf(MAY_READ).flatMap((read) =>
    keysOf(MAY_REGISTER).map((registration) => [create, read, registration] as const),
  ),
);

function expectOutcome(answer: { status: number; code?: string }, expected: string | undefined): void {
  if (expected === 'ok') expect(answer.status).toBeLessThan(300);
  else expect([answer.code, answer.status]).toEqual([expected, STATUS[expected ?? '']]);
}

describe.each(keysOf(SET_BY))('set by %s', (way) => {
  afterAll(() => patchSettings({ who_can_create: null, who_can_read: null, who_can_register: null }));

  describe.each(combinations)('create: %s, read: %s, register: %s', (create, read, registration) => {
    beforeEach(() =>
      SET_BY[way]({ WHO_CAN_CREATE: create, WHO_CAN_READ: read, WHO_CAN_REGISTER: registration }),
    );

    it.each(ROLES.map((role, index) => [role, index] as const))('%s', async (role, index) => {
      for (const way of keysOf(CREATES)) expectOutcome(await CREATES[way](role), MAY_CREATE[create][index]);
      for (const way of keysOf(READS)) expectOutcome(await READS[way](role), MAY_READ[read][index]);
    });

    it('registration', async () => {
      const [plain, invited] = MAY_REGISTER[registration];
      expectOutcome(await register({ email: newEmail() }), plain);
      const email = newEmail();
      expectOutcome(await register({ email, invitation: await invitationFor(email) }), invited);
    });

    it('an admin can sign in', async () => {
      expect(
        (await postJson('/api/v1/auth/login', { email: instance.admin, password: PASSWORD })).status,
      ).toBe(200);
    });
  });
});

describe.each(keysOf(CREATES))('what can be stored, by %s', (way) => {
  it('has at most the size for its author', async () => {
    rule({ MAX_PASTE_KB_ANONYMOUS: 1, MAX_PASTE_KB_MEMBER: 2 });
    for (const [as, size] of [
      ['anonymous', 1024],
      ['user', 2048],
    ] as const) {
      expect((await CREATES[way](as, 'x'.repeat(size))).status).toBeLessThan(300);
      const rejected = await CREATES[way](as, 'x'.repeat(size + 1));
      expect([rejected.status, rejected.code]).toEqual([413, 'too_large']);
      expect(JSON.parse(rejected.text).detail).toContain(`at most ${size / 1024} KiB`);
    }
  });

  it('is within the quota of the member', async () => {
    rule({ MAX_PASTES_MEMBER: 1 });
    const rejected = await CREATES[way]('user');
    expect([rejected.status, rejected.code]).toEqual([403, 'quota_exceeded']);
    expect(JSON.parse(rejected.text).detail).toContain('at most 1 paste ');
    expect((await CREATES[way]('anonymous')).status).toBeLessThan(300);
  });
});

describe('the settings of the instance', () => {
  const get = () => ask('/api/v1/admin/settings', { as: 'admin' });
  const patch = (body: object, ifMatch: string) =>
    ask('/api/v1/admin/settings', {
      method: 'PATCH',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', 'If-Match': ifMatch },
      as: 'admin',
    });

  it('change only from the version that was read', async () => {
    const etag = (await get()).headers.get('etag') ?? '';
    const [first, second] = [await patch({ notice: 'One' }, etag), await patch({ notice: 'Two' }, etag)];
    expect([first.status, second.status, second.code]).toEqual([200, 412, 'stale']);
    expect(JSON.parse((await get()).text).in_force.notice).toBe('One');
    expect((await patch({ notice: null }, '*')).status).toBe(200);
  });

  it('say which value the configuration excludes', async () => {
    rule({ WHO_CAN_READ: 'members' });
    const rejected = await patch({ who_can_read: 'everyone', notice: 'One' }, '*');
    expect(rejected.status).toBe(422);
    expect(JSON.parse(rejected.text).errors).toEqual([
      { path: 'who_can_read', message: 'The configuration of this instance does not allow this value.' },
    ]);
    expect(JSON.parse((await get()).text)).toMatchObject({
      stored: { who_can_read: null, notice: null },
      configured: { who_can_read: 'members' },
    });
  });
});

describe('an instance for members', () => {
  beforeEach(() => rule({ WHO_CAN_READ: 'members' }));

  it('answers alike whether a paste exists', async () => {
    const [known, unknown] = [
      await ask(`/api/v1/pastes/${instance.slug}`),
      await ask('/api/v1/pastes/Absent-1'),
    ];
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    expect(known.headers.get('www-authenticate')).toBe('Bearer');
    for (const { headers } of [known, unknown]) {
      expect(headers.get('server-timing')).toMatch(/^total;dur=\d+0$/);
      expect([...headers.keys()]).toEqual([...unknown.headers.keys()]);
    }
  });

  it('answers as ever for what is no paste', async () => {
    expect((await ask('/api/metrics')).status).toBe(404);
    expect((await ask(`/api/avatars/${randomUUID()}/another`)).status).toBe(404);
    expect((await ask('/api/v1/nothing')).status).toBe(404);
  });

  it('lets a browser that holds the edit key read the bytes', async () => {
    const created = JSON.parse((await CREATES.api('anonymous')).text);
    const cookie = (key: string) => ({
      headers: { Cookie: `${editKeysCookieName()}=${created.slug}~${key}` },
    });
    for (const path of [`/${created.slug}/raw`, `/${created.slug}/download`]) {
      expect((await ask(path, cookie(created.edit_key))).status).toBe(200);
      expect((await ask(path, cookie('a-key-of-22-characters'))).status).toBe(401);
    }
  });

  it('answers the retry of an anonymous create as the first', async () => {
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() };
    const create = () =>
      ask('/api/v1/pastes', { method: 'POST', body: JSON.stringify({ content: 'x' }), headers });
    const [first, retry] = [await create(), await create()];
    expect([retry.status, retry.text]).toEqual([201, first.text]);
  });

  it('lets the author of an anonymous paste read it with its edit key', async () => {
    const created = await CREATES.api('anonymous');
    const { edit_key, uuid: _id, ...paste } = JSON.parse(created.text);
    const path = `/api/v1/pastes/${paste.slug}`;
    expect((await ask(path)).code).toBe('members_only');
    expect((await ask(path, { headers: { 'X-Edit-Key': 'a-key-of-22-characters' } })).code).toBe(
      'members_only',
    );
    expect((await ask(path, { headers: { 'X-Edit-Key': edit_key } })).status).toBe(200);
  });
});

describe('an instance without lists', () => {
  beforeEach(() => rule({ PUBLIC_FEED: false }));

  it('has no feed and empty profiles, and lets public pastes be read by link', async () => {
    const feed = await READS.feed('admin');
    expect([feed.status, feed.code]).toEqual([403, 'feed_disabled']);
    expect(JSON.parse((await READS.profile('user')).text).pastes).toEqual({ items: [], next_cursor: null });
    expect((await READS.metadata('anonymous')).status).toBe(200);
  });

  it('rejects the visibility `public`, unless a paste has it already', async () => {
    const rejected = await postJson('/api/v1/pastes', { content: 'a text', visibility: 'public' }, 'user');
    expect([rejected.status, JSON.parse(rejected.text).errors[0].path]).toEqual([422, 'visibility']);
    const patch = (body: unknown) =>
      ask(`/api/v1/pastes/${instance.slug}`, {
        method: 'PATCH',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
        as: 'user',
      });
    expect((await patch({ visibility: 'public', title: 'Same' })).status).toBe(200);
  });
});

describe('the longest lifetimes', () => {
  beforeEach(() => rule({ MAX_LIFETIME_ANONYMOUS: '1d', MAX_LIFETIME_MEMBER: '1mo' }));

  const create = (fields: object, as: Column) =>
    postJson('/api/v1/pastes', { content: 'a text', ...fields }, as);

  it.each([
    ['anonymous', '1d', 201],
    ['anonymous', '1w', 422],
    ['anonymous', 'P1DT1S', 422],
    ['anonymous', 'never', 422],
    ['user', '1mo', 201],
    ['user', 'never', 422],
    ['admin', '3mo', 422],
  ] as const)('%s, %s: %i', async (as, expires_in, status) => {
    const answer = await create({ expires_in }, as);
    expect(answer.status).toBe(status);
    if (status === 422) expect(JSON.parse(answer.text).errors[0].path).toBe('expires_in');
  });

  it('shorten the default lifetimes', async () => {
    const restore = setClock(() => new Date('2026-01-31T00:00:00Z'));
    try {
      const [anonymous, member] = [await create({}, 'anonymous'), await create({}, 'user')];
      expect(JSON.parse(anonymous.text).expires_at).toBe('2026-02-01T00:00:00.000Z');
      expect(JSON.parse(member.text).expires_at).toBe('2026-02-28T00:00:00.000Z');
    } finally {
      restore();
    }
  });

  it('hold for changes, and for a time that is given', async () => {
    const { slug: own, edit_key } = JSON.parse((await create({}, 'anonymous')).text);
    const patch = (body: object) =>
      ask(`/api/v1/pastes/${own}`, {
        method: 'PATCH',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', 'X-Edit-Key': edit_key },
      });
    expect((await patch({ expires_at: null })).status).toBe(422);
    expect((await patch({ expires_in: '1w' })).status).toBe(422);
    expect((await patch({ expires_in: '1h' })).status).toBe(200);
  });
});
