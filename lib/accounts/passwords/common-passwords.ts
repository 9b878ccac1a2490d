import { dictionary } from '@zxcvbn-ts/language-common';
import { MIN_PASSWORD_LENGTH } from './schema';

let common: ReadonlySet<string> | undefined;

/** Whether the password, ignoring case, is a common one. */
export function isCommonPassword(password: string): boolean {
  common ??= new Set(dictionary['passwords-common'].filter((word) => word.length >= MIN_PASSWORD_LENGTH));
  return common.has(password) || isSimplePattern(password);
}

/** `aaaaaaaaaa`, `1212121212`, `passwordpassword`: lists of common passwords omit such patterns. */
function isSimplePattern(password: string): boolean {
  const doubled = (password + password).slice(1, -1);
  return (
    doubled.includes(password) || /^(?:0123456789|1234567890|9876543210|abcdefghij|qwertyuiop)/.test(password)
  );
}
