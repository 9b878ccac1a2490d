interface RequestHeaders {
  get(name: string): string | null;
}

/** What a form posted from another site is answered with, as 403. */
export const FOREIGN_FORM = 'This form was posted from another site.\n';

/**
 * Whether a request that changes something comes from a page of another site, or from a browser that hides
 * where it comes from. Clients that are not browsers send neither header.
 */
export function isForeignForm(headers: RequestHeaders): boolean {
  const origin = headers.get('origin');
  if (origin === null) return headers.get('sec-fetch-site') !== null;
  return !URL.canParse(origin) || new URL(origin).host !== headers.get('host');
}
