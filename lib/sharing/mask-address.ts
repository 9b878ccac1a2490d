/** An email address masked for the holders of a personal link: `a…e@example.com`. */
export function maskAddress(email: string): string {
  const at = email.lastIndexOf('@');
  const name = email.slice(0, at);
  const end = name.length > 2 ? name.slice(-1) : '';
  return `${name.slice(0, 1)}…${end}${email.slice(at)}`;
}
