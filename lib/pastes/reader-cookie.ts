/** Tells browsers apart that reveal a paste, set for its path by the page that offers the reveal. */
export const READER_COOKIE = 'sheaf_reader';

/** Holds the nonce of a reveal for its minute, for the path of the paste. */
export const REVEALED_COOKIE = 'sheaf_revealed';

const SHAPE = /^[\w-]{22}$/;

/** The value of the cookie; null if it is absent or was not set by us. */
export function readReaderCookie(value: string | undefined): string | null {
  return value !== undefined && SHAPE.test(value) ? value : null;
}
