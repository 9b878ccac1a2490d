interface RecipeOptions {
  /** Stands for the key of the link. */
  key: string;
  hasLock: boolean;
  doesBurn: boolean;
}

/**
 * Commands for curl, age and tar that decrypt a paste. The key goes into a new folder of this user, and the author's
 * files into a folder of their own in it: the archive may contain any names, such as `.bashrc` or `key.txt`.
 */
export function terminalRecipe(url: string, { key, hasLock, doesBurn }: RecipeOptions): string {
  const { origin, pathname } = new URL(url);
  const lines = ['umask 077', 'cd "$(mktemp -d ./sheaf-XXXXXX)" && mkdir opened', `echo '${key}' > key.txt`];
  if (hasLock) {
    lines.push(
      `curl -fsS ${url}/lock | age -d -i key.txt > lock.age`,
      'age -d lock.age > content-key.txt && mv content-key.txt key.txt',
    );
  }
  if (doesBurn) {
    lines.push(
      `proof=$(printf 'sheaf reveal v1\\n%s' "$(cat key.txt)" | sha256sum | cut -c1-64)`,
      `curl -fsS --json "{\\"proof\\":\\"$proof\\"}" -o paste.age \\`,
      `  ${origin}/api/v1/pastes${pathname}/reveal`,
    );
  } else lines.push(`curl -fsS ${url}/raw -o paste.age`);
  lines.push('age -d -i key.txt paste.age | tar -xf - -C opened');
  return lines.join('\n');
}
