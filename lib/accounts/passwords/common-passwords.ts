import { MIN_PASSWORD_LENGTH } from './schema';

let common: Promise<ReadonlySet<string>> | undefined;

/** Whether the password, ignoring case, is a common one. */
export async function isCommonPassword(password: string): Promise<boolean> {
  common ??= loadCommonPasswords();
  return (await common).has(password) || isSimplePattern(password);
}

/** On first use: the dictionaries take tens of megabytes. */
async function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].filter((word) => word.length >= MIN_PASSWORD_LENGTH));
}

/** `aaaaaaaaaa`, `1212121212`, `passwordpassword`: lists of common passwords omit such patterns. */
function isSimplePattern(password: string): boolean {
  const doubled = (password + password).slice(1, -1);
  return (
    doubled.includes(password) || /^(?:0123456789|1234567890|9876543210|abcdefghij|qwertyuiop)/.test(password)
  );
}
