/** Tells browsers apart that reveal a paste, set for its path by the page that offers the reveal. */
export const READER_COOKIE = 'sheaf_reader';

const SHAPE = /^[\w-]{22}$/;

/** The value of the cookie; null if it is absent or was not set by us. */
export function readReaderCookie(value: string | undefined): string | null {
  return value !== undefined && SHAPE.test(value) ? value : null;
}
