import { describe, expect, it } from 'vitest';
import { localeForHeader } from './locale';

describe('localeForHeader', () => {
  it.each([
    [null, 'en'],
    ['', 'en'],
    ['ru', 'ru'],
    ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
    ['de-DE,de;q=0.9', 'en'],
    ['de, ru;q=0.5, en;q=0.4', 'ru'],
    ['en;q=0.4, ru;q=0.5', 'ru'],
    ['ru;q=0, en', 'en'],
    [';;;,q=,', 'en'],
  ])('%j: %s', (header, locale) => {
    expect(localeForHeader(header)).toBe(locale);
  });
});
