import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { expect, it } from 'vitest';
import { allFound } from '@/test/all-found';
import { ORDINARY_SAMPLES } from '@/test/ordinary-samples';
import { findCredentials } from './find-credentials';

const find = (text: string) => allFound(findCredentials(text));
const ROOT = join(import.meta.dirname, '../../..');
const LANGUAGES = new Set([
  'css',
  'html',
  'js',
  'json',
  'md',
  'mjs',
  'cjs',
  'prisma',
  'sh',
  'sql',
  'svg',
  'toml',
  'ts',
  'tsx',
  'yaml',
  'yml',
]);
const MAX_BYTES = 400_000;

/** Files of the product, and of packages that it is built on. */
const FOLDERS = [
  ...['app', 'components', 'lib', 'server', 'scripts', 'docs', 'prisma/migrations', 'public'],
  ...[
    'hono',
    'jose',
    'luxon',
    'markdown-it',
    'next-auth',
    'next-intl',
    'nodemailer',
    'papaparse',
    'pg',
    'pino',
  ]
    .concat(['rate-limiter-flexible', 'resend', 'tailwindcss', 'zod'])
    .map((name) => `node_modules/${name}`),
];
const FILES = [
  'package.json',
  'package-lock.json',
  'compose.yaml',
  'Dockerfile',
  'README.md',
  'CHANGELOG.md',
];

/** They hold samples that have the form and the randomness of tokens, or are keys: those of the test vectors. */
const HAS_SAMPLES = [
  'lib/api/openapi-examples.ts',
  'docs/secret-pastes/vectors.json',
  'node_modules/pino/docs/transports.md',
];

it('stays quiet about ordinary files', () => {
  const files = [...FILES, ...FOLDERS.flatMap(listFiles)];
  const flagged = files.filter((file) => find(readFileSync(join(ROOT, file), 'utf8')).length > 0);
  const languages = new Set(files.map((file) => extname(file)));
  process.stdout.write(
    `${flagged.length} of ${files.length} ordinary files flagged, in ${languages.size} languages\n`,
  );
  expect(files.length).toBeGreaterThan(200);
  expect(languages.size).toBeGreaterThanOrEqual(8);
  expect(flagged).toEqual(HAS_SAMPLES);
});

it.each(Object.entries(ORDINARY_SAMPLES))('stays quiet about %s', (_language, text) => {
  const parts = find(text).map(({ from, to }) => text.slice(from, to));
  expect(parts).toEqual([]);
});

function listFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && LANGUAGES.has(extname(entry.name).slice(1)))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .filter((file) => !/\.(test|spec)\.|\/tests?\//.test(file))
    .filter((file) => readFileSync(join(ROOT, file)).length <= MAX_BYTES);
}
