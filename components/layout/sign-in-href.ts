/** Pages that are not returned to after signing in. */
const NOT_BACK = /^\/(login|register|forgot-password|reset-password|verify-email)(\/|$)/;

/** The sign-in page with the way back to `here`, without its notices of completed actions. */
export function signInHrefFrom(here: string): string {
  const { pathname, searchParams } = new URL(here, 'http://origin.invalid');
  if (NOT_BACK.test(pathname)) return '/login';
  for (const done of ['saved', 'deleted', 'restored']) searchParams.delete(done);
  const query = searchParams.size > 0 ? `?${searchParams}` : '';
  return `/login?next=${encodeURIComponent(pathname + query)}`;
}
