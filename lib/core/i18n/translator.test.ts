import { describe, expect, it } from 'vitest';
import { createPageText } from './create-page-text';
import { LOCALES } from './locale';
import en from './messages/en.json';
import ru from './messages/ru.json';
import { type Translate, translatorIn } from './translator';

const MESSAGES = { en, ru };
/** What the API answers with. */
const NAMESPACES = ['problems', 'errors', 'unavailable', 'textWarnings', 'credentials'] as const;

function keysOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, below]) => keysOf(below, `${path}.${name}`));
}

describe.each(LOCALES)('in %s', (locale) => {
  const translate = translatorIn(locale);
  const { t } = createPageText(locale, MESSAGES[locale]);
  const onPages = t as Translate;
  const raw = t.raw as (key: string) => string;
  const keys = NAMESPACES.flatMap((name) => keysOf(MESSAGES[locale][name], name));

  it('says what pages say', () => {
    const plain = keys.filter((key) => !/<\w+>/.test(raw(key)));
    expect(plain.length).toBeGreaterThan(100);
    for (const key of plain) {
      const names = [...raw(key).matchAll(/\{(\w+)[,}]/g)].map(([, name]) => [name, 3]);
      const values = Object.fromEntries(names);
      expect(translate(key, values), key).toBe(onPages(key, values));
    }
  });

  it('knows which messages there are', () => {
    for (const key of keys) expect(translate.has(key), key).toBe(true);
    for (const key of ['errors', 'errors.nothing', 'errors.toString', '', 'nothing.at.all']) {
      expect(translate.has(key), key).toBe(false);
      expect(translate(key), key).toBe(key);
    }
  });
});
