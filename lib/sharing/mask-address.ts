/** An address as far as it is told to whoever holds a link that was made for it: `a…e@example.com`. */
export function maskAddress(email: string): string {
  const at = email.lastIndexOf('@');
  const name = email.slice(0, at);
  const end = name.length > 2 ? name.slice(-1) : '';
  return `${name.slice(0, 1)}…${end}${email.slice(at)}`;
}
