import { Failure } from './failure';
import { readLocalFile } from './local-files';
import { askOnTerminal } from './terminal';

const MAX_BYTES = 1024;

/**
 * The password in a file, without the last line break.
 * @throws Failure usage
 */
export async function readPassword(file: string): Promise<string> {
  const text = Buffer.from(await readLocalFile(file, { maxBytes: MAX_BYTES })).toString();
  const password = text.replace(/\r?\n$/, '');
  if (password === '') throw new Failure('usage', `The password in ${file} is empty.`);
  return password;
}

/** @throws Failure usage without a terminal, interrupted */
export async function askPassword(prompt: string): Promise<string> {
  const password = await askOnTerminal(prompt, { hidden: true });
  if (password !== null) return password;
  throw new Failure('usage', 'There is no terminal to ask for the password on; use --password-file.');
}

/** A password that is typed twice. @throws Failure usage, interrupted */
export async function askNewPassword(): Promise<string> {
  const password = await askPassword('Password: ');
  if (password === '') throw new Failure('usage', 'The password is empty.');
  if (Buffer.byteLength(password) > MAX_BYTES) throw new Failure('usage', 'The password is too long.');
  if ((await askPassword('The same password again: ')) === password) return password;
  throw new Failure('usage', 'The two passwords are not the same.');
}
