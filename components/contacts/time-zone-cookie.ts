/** Set by the browser: its time zone, which decides whose birthday is today. */
export const TIME_ZONE_COOKIE = 'sheaf_zone';
const YEAR_SECONDS = 365 * 86_400;

/** For the next page; this one was rendered without it. */
export function rememberTimeZone(): void {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
  document.cookie = `${TIME_ZONE_COOKIE}=${timeZone}; path=/contacts; max-age=${YEAR_SECONDS}; samesite=lax`;
}
