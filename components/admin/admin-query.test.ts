import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { adminHref, readAdminDone, readAdminQuery } from './admin-query';

describe('readAdminQuery', () => {
  it('takes empty fields for none', () => {
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

it('adminHref says what was asked for', () => {
  expect(adminHref({})).toBe('/admin');
  expect(adminHref({ q: 'a&b', role: 'user', cursor: 'x' })).toBe('/admin?q=a%26b&role=user&cursor=x');
});

describe('readAdminDone', () => {
  it('reads what was done to whom', () => {
    expect(readAdminDone('banned.ada')).toEqual({ done: 'banned', username: 'ada' });
  });

  it.each([undefined, '', 'banned', 'praised.ada', 'banned.<b>', 'banned.'])(
    'reads nothing in %j',
    (value) => {
      expect(readAdminDone(value)).toBeNull();
    },
  );
});
