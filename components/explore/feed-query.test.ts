import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { feedHref, readFeedQuery } from './feed-query';

describe('readFeedQuery', () => {
  it('ignores empty fields', () => {
    const { limit, ...filter } = readFeedQuery({ q: '  ', language: '', cursor: '' });
    expect(filter).toEqual({});
    expect(limit).toBeGreaterThan(0);
  });

  it('accepts any search text', () => {
    expect(readFeedQuery({ q: ` 100%\0_${'x'.repeat(500)}` }).q).toMatch(/^100%_x{190,}$/);
    expect(readFeedQuery({ q: ['a', 'b'] }).q).toBe('a');
    expect(readFeedQuery({ q: '\ud800' }).q).toBe('\ufffd');
  });

  it('knows languages by all their names', () => {
    expect(readFeedQuery({ language: 'ts' }).language).toBe('typescript');
    expect(() => readFeedQuery({ language: 'no such' })).toThrow(AppError);
  });
});

describe('feedHref', () => {
  it('keeps the given parameters', () => {
    expect(feedHref({})).toBe('/explore');
    expect(feedHref({ q: 'a&b', language: 'cpp', cursor: 'x' })).toBe(
      '/explore?q=a%26b&language=cpp&cursor=x',
    );
  });
});
