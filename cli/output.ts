import { isUtf8 } from 'node:buffer';
import { once } from 'node:events';
import { Failure } from './failure';
import { withoutControls } from './printable';

/** Prints to standard output, and waits until it is taken. */
export async function print(content: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(content)) await once(process.stdout, 'drain');
}

/** Without control characters, which JSON may have. */
export async function printJson(value: unknown): Promise<void> {
  const json = JSON.stringify(value, null, 2);
  await print(`${json.replace(/[\u007f-\u009f]/g, escapeCharacter)}\n`);
}

function escapeCharacter(character: string): string {
  return `\\u00${character.charCodeAt(0).toString(16)}`;
}

/** One line on standard error. */
export function note(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** The exact bytes; but a terminal gets nothing that it would obey. @throws Failure usage */
export async function printContent(content: Uint8Array): Promise<void> {
  if (!process.stdout.isTTY) return print(content);
  if (!isUtf8(content)) throw new Failure('usage', 'This file is not text; use --output or --dir.');
  await print(withoutControls(Buffer.from(content).toString()));
}
