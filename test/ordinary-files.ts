import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
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

/** The paths of some 3,000 files that texts in pastes resemble, from the folder of the product. */
export function listOrdinaryFiles(): string[] {
  return [...FILES, ...FOLDERS.flatMap(listFiles)];
}

/** The text of one of them. */
export function readOrdinaryFile(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function listFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && LANGUAGES.has(extname(entry.name).slice(1)))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .filter((file) => !/\.(test|spec)\.|\/tests?\//.test(file))
    .filter((file) => readFileSync(join(ROOT, file)).length <= MAX_BYTES);
}
