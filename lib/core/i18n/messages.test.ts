import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { STATUS_BY_CODE } from '../errors';
import en from './messages/en.json';
import ru from './messages/ru.json';

const ROOT = join(import.meta.dirname, '../../..');
const CODE_FOLDERS = ['app', 'components', 'lib', 'server'];

/** Their last part may come from any folder: a field error, the id of a lifetime, a kind of text, draft or refusal. */
const NAMED_ANYWHERE = [
  'drafts',
  'errors',
  'lifetimes',
  'textWarnings',
  'rendered',
  'contacts.import.refusals',
];
/** Components of pages name messages by their full keys. */
const FULL_KEYS = '';
/** Checked against the error codes below; and the phrases of CodeMirror. */
const NAMED_ELSEWHERE = ['problems', 'composer.search'];

const SOURCES = listSources();
/** Folder to the message namespaces that its files name; a translator may be passed within a folder. */
const NAMESPACES = listNamespaces();

describe('messages', () => {
  it('are the same in every language', () => {
    expect(keysOf(ru)).toEqual(keysOf(en));
  });

  it('are all used', () => {
    expect(keysOf(en).filter((key) => !isUsed(key))).toEqual([]);
  });

  it('have a problem for every error code, and no other', () => {
    expect(Object.keys(en.problems).sort()).toEqual(Object.keys(STATUS_BY_CODE).sort());
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

function keysOf(messages: object, prefix = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value, `${prefix}${key}.`),
  );
}

function isUsed(key: string): boolean {
  if (NAMED_ELSEWHERE.some((namespace) => key.startsWith(`${namespace}.`))) return true;
  return [...SOURCES].some(([file, literals]) =>
    [...(NAMESPACES.get(dirname(file)) ?? []), ...NAMED_ANYWHERE, FULL_KEYS].some((namespace) => {
      if (namespace !== '' && !key.startsWith(`${namespace}.`)) return false;
      const rest = namespace === '' ? key : key.slice(namespace.length + 1);
      return literals.some((literal) => literal.test(rest));
    }),
  );
}

function listNamespaces(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of SOURCES.keys()) {
    const namespaces = found.get(dirname(file)) ?? new Set<string>();
    for (const [, given] of readFileSync(file, 'utf8').matchAll(
      /(?:(?:get|use)Translations\(|namespace: |messages\/)(?:'([\w.]+)')?/g,
    )) {
      namespaces.add(given ?? '');
    }
    found.set(dirname(file), namespaces);
  }
  return found;
}

/** Every product source with its literals as patterns, where `${…}` stands for one word. */
function listSources(): Map<string, RegExp[]> {
  const paths = CODE_FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /(?<!\.test)\.tsx?$/.test(path) && !path.includes('generated/'))
      .map((path) => join(folder, path)),
  );
  return new Map(
    [...paths, 'proxy.ts'].map((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      const literals = [...text.matchAll(/'([\w.-]+)'|`((?:[\w.-]|\$\{[^}]+\})+)`|\ben\.([\w.]+)/g)]
        .map(([, plain, template, property]) => plain ?? template ?? property ?? '')
        .filter((literal) => /\w/.test(literal.replace(/\$\{[^}]+\}/g, '')));
      return [join(ROOT, path), literals.map(asPattern)];
    }),
  );
}

function asPattern(literal: string): RegExp {
  const parts = literal.split(/\$\{[^}]+\}/).map((part) => part.replaceAll('.', String.raw`\.`));
  return new RegExp(`^${parts.join(String.raw`[\w:-]+`)}$`);
}
