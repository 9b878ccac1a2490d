/** Where to go after signing in: a path of this origin, or `fallback`. */
export function safeNextPath(next: unknown, fallback: string): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return fallback;
  const base = 'http://origin.invalid';
  const url = URL.canParse(next, base) ? new URL(next, base) : null;
  // Dots are resolved by now: `/..//host` has become `//host`.
  if (url?.origin !== base || url.pathname.startsWith('//')) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}
