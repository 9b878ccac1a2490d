/** Set by the browser: the time zone that says whose birthday is today. */
export const ZONE_COOKIE = 'sheaf_zone';
const YEAR_SECONDS = 365 * 86_400;

/** For the next page: the one that tells this was made before. */
export function rememberZone(): void {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
  document.cookie = `${ZONE_COOKIE}=${timeZone}; path=/people; max-age=${YEAR_SECONDS}; samesite=lax`;
}
