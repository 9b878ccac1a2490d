import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../scripts/root';

const LINE = 'const answer = 42; // two kilobytes of this\n';

/** A text of exactly this many bytes, in lines of code. */
export function textOf(bytes: number): string {
  return LINE.repeat(Math.ceil(bytes / LINE.length)).slice(0, bytes);
}

export const SMALL_TEXT = textOf(2_048);

/** About this many bytes of real code, of which this checkout has more than a megabyte. */
export async function readTypescript(bytes: number): Promise<string> {
  const folder = join(ROOT, 'lib');
  const names = (await readdir(folder, { recursive: true })).filter((name) => {
    return name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('generated');
  });
  let text = '';
  for (const name of names.sort()) {
    if (text.length < bytes) text += await readFile(join(folder, name), 'utf8');
  }
  return text.slice(0, bytes);
}

interface SamplePaste {
  content: string;
  title?: string;
  visibility?: 'public' | 'unlisted';
}

/** Creates a paste over the API. @returns its slug */
export async function createPaste(
  origin: string,
  paste: SamplePaste,
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await fetch(`${origin}/api/v1/pastes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ language: 'typescript', ...paste }),
  });
  if (response.status !== 201) {
    throw new Error(`Creating a sample failed: ${response.status} ${await response.text()}`);
  }
  return ((await response.json()) as { slug: string }).slug;
}
