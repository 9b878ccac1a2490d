import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { ownHref, readDoneCount, readOwnQuery } from './own-query';

describe('readOwnQuery', () => {
  it('ignores empty fields, and lists the newest first', () => {
    const { limit, ...filter } = readOwnQuery({ q: ' ', language: '', visibility: '', sort: '', cursor: '' });
    expect(filter).toEqual({ sort: 'newest' });
    expect(limit).toBeGreaterThan(0);
  });

  it.each([{ visibility: 'secret' }, { sort: 'random' }, { language: 'no such' }])('knows no %j', (query) => {
    expect(() => readOwnQuery(query)).toThrow(AppError);
  });

  it('takes the first of repeated parameters', () => {
    expect(readOwnQuery({ visibility: ['private', 'public'] }).visibility).toBe('private');
  });
});

describe('ownHref', () => {
  it('contains only the given parameters', () => {
    expect(ownHref({ sort: 'newest' })).toBe('/me');
    expect(ownHref({ q: 'a&b', language: 'cpp', visibility: 'private', sort: 'title', cursor: 'x' })).toBe(
      '/me?q=a%26b&language=cpp&visibility=private&sort=title&cursor=x',
    );
  });
});

describe('readDoneCount', () => {
  it.each([
    ['0', 0],
    ['20', 20],
    [['3', '4'], 3],
    ['', null],
    ['-1', null],
    ['1e2', null],
    [undefined, null],
  ])('reads %j as %j', (value, count) => {
    expect(readDoneCount(value)).toBe(count);
  });
});
