/** Pages that nobody wants to come back to after signing in. */
const NOT_BACK = /^\/(login|register|forgot-password|reset-password|verify-email)(\/|$)/;

/**
 * The sign-in page, from which one comes back to this one, without what its address says of something just
 * done.
 */
export function signInHrefFrom(here: string): string {
  const { pathname, searchParams } = new URL(here, 'http://origin.invalid');
  if (NOT_BACK.test(pathname)) return '/login';
  for (const done of ['saved', 'deleted', 'restored']) searchParams.delete(done);
  const query = searchParams.size > 0 ? `?${searchParams}` : '';
  return `/login?next=${encodeURIComponent(pathname + query)}`;
}
