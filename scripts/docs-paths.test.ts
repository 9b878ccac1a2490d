import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const FOLDERS =
  'app|bench|cli|components|docs|e2e|lib|prisma|public|scripts|server|test|[.]ci|[.]github|[.]githooks|[.]vscode';
const FOLDER_PATH = new RegExp(`^(?:${FOLDERS})/[\\w./()[\\]-]*$`);
const ROOT_FILE = /^[.\w-]+[.](?:ts|mjs|json|yaml|md|example)$/;
/** Names of files that several folders have; documents use them without a path. */
const NAMES_IN_DOMAINS = /^(?:actions|dto|policy|queries|route|schema|service)[.]ts$|^ru[.]json$/;
/** Files that Sheaf makes. */
const MADE = /^[.]?sheaf[.](?:json|mjs)$|^(?:manifest|secrets|sheaf-backup)[.]json$/;

async function listDocuments(): Promise<string[]> {
  const inDocs = await readdir(join(ROOT, 'docs'), { recursive: true });
  const named = inDocs.filter((file) => file.endsWith('.md')).map((file) => join('docs', file));
  return ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', ...named];
}

/** Code in backticks that looks like a file or folder of the repository. */
function findPaths(text: string): string[] {
  const inline = text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g);
  return [...inline]
    .map(([, code = '']) => code)
    .filter(
      (code) =>
        FOLDER_PATH.test(code) || (ROOT_FILE.test(code) && !NAMES_IN_DOMAINS.test(code) && !MADE.test(code)),
    );
}

/** Targets of Markdown links and pictures that are files of the repository. */
function findLinks(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

it('distinguishes paths from other code', () => {
  const text =
    'In `lib/core/env.ts`, `server.ts` and `lib/text/`: `npm test`, `/docs/api`, `policy.ts`, `text/plain`.';
  expect(findPaths(`${text}\n\`\`\`\n\`lib/none.ts\`\n\`\`\`\n`)).toEqual([
    'lib/core/env.ts',
    'server.ts',
    'lib/text/',
  ]);
});

describe('every path and link exists', async () => {
  it.each(await listDocuments())('in %s', async (file) => {
    const text = await readFile(join(ROOT, file), 'utf8');
    const paths = findPaths(text).filter((path) => !existsSync(join(ROOT, path)));
    const links = findLinks(text).filter((link) => !existsSync(join(ROOT, dirname(file), link)));
    expect([...paths, ...links]).toEqual([]);
  });
});

it('lists every decision in the index of decisions', async () => {
  const folder = join(ROOT, 'docs/decisions');
  const listed = findLinks(await readFile(join(folder, 'README.md'), 'utf8'));
  const records = (await readdir(folder)).filter((file) => /^\d{4}-/.test(file));
  expect(records.filter((file) => !listed.includes(file))).toEqual([]);
});
