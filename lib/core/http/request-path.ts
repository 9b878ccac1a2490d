/** The path of a request target, which may be a whole URL. */
export function pathOf(target: string): string {
  const path = target.startsWith('/') ? target : target.replace(/^[a-z]+:\/\/[^/]*/i, '');
  return path.split('?', 1)[0] ?? '/';
}
