import { isUtf8 } from 'node:buffer';
import { Failure, hasCode, reasonOf } from './failure';
import { withoutControls } from './printable';

/**
 * Prints to standard output, and waits until it is taken.
 * @throws Failure usage; EPIPE if the reader of the output has ended
 */
export async function print(content: string | Uint8Array): Promise<void> {
  const error = await new Promise((resolve) => process.stdout.write(content, resolve));
  if (!error) return;
  if (hasCode(error, 'EPIPE')) throw error;
  throw new Failure('usage', `Cannot write to standard output: ${reasonOf(error)}.`);
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
  if (!isPrintable(content)) throw new Failure('usage', 'This file is not text; use --output or --dir.');
  await print(withoutControls(Buffer.from(content).toString()));
}

/** Whether `printContent` prints it. */
export function isPrintable(content: Uint8Array): boolean {
  return !process.stdout.isTTY || isUtf8(content);
}

/** Whether `printContent` prints it without a change. */
export function isPrintedExactly(content: Uint8Array): boolean {
  if (!process.stdout.isTTY) return true;
  const text = Buffer.from(content).toString();
  return isUtf8(content) && withoutControls(text) === text;
}
