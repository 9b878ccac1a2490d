import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { adminHref, readAdminDone, readAdminQuery } from './admin-query';

describe('readAdminQuery', () => {
  it('ignores empty fields', () => {
    const { limit, ...filter } = readAdminQuery({ q: ' ', role: '', cursor: '' });
    expect(filter).toEqual({});
    expect(limit).toBeGreaterThan(0);
  });

  it('accepts any search text, and only known roles', () => {
    expect(readAdminQuery({ q: ` 100%\0_${'x'.repeat(500)}`, role: 'admin' })).toMatchObject({
      q: expect.stringMatching(/^100%_x+$/),
      role: 'admin',
    });
    expect(() => readAdminQuery({ role: 'root' })).toThrow(AppError);
  });
});

it('adminHref contains the given parameters', () => {
  expect(adminHref({})).toBe('/admin');
  expect(adminHref({ q: 'a&b', role: 'user', cursor: 'x' })).toBe('/admin?q=a%26b&role=user&cursor=x');
});

describe('readAdminDone', () => {
  it('reads the last action and its user', () => {
    expect(readAdminDone('banned.ada')).toEqual({ done: 'banned', username: 'ada' });
  });

  it.each([undefined, '', 'banned', 'praised.ada', 'banned.<b>', 'banned.'])(
    'reads nothing in %j',
    (value) => {
      expect(readAdminDone(value)).toBeNull();
    },
  );
});
