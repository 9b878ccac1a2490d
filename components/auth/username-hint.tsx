/** Tells a password manager which account a password field is about. */
export function UsernameHint({ username }: { username: string }) {
  return <input type="text" name="username" value={username} autoComplete="username" readOnly hidden />;
}
