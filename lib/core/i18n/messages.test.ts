import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import en from './messages/en.json';
import ru from './messages/ru.json';

function keysOf(messages: object, prefix = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value, `${prefix}${key}.`),
  );
}

describe('messages', () => {
  it('are the same in every language', () => {
    expect(keysOf(ru)).toEqual(keysOf(en));
  });

  it.each([
    [1, '1 строка'],
    [2, '2 строки'],
    [5, '5 строк'],
    [21, '21 строка'],
  ])('count lines in Russian: %i', (count, expected) => {
    const t = createTranslator({ locale: 'ru', messages: ru, namespace: 'reading' });
    expect(t('lines', { count })).toBe(expected);
  });
});
