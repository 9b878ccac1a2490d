import type { ApiContext } from './context';

/**
 * Gives the answer its ETag, and tells whether the caller holds it already: then it is a 304. To be asked
 * only when it is settled that the caller may have what the ETag is of.
 */
export function isHeld(c: ApiContext, etag: string): boolean {
  c.header('ETag', etag);
  // Only the caller may cache it, and must revalidate each time: what was deleted or
  // taken from them is then gone at once. `no-store`, the rule elsewhere, would leave nothing to ask about.
  c.header('Cache-Control', 'private, no-cache');
  const held = c.req.header('if-none-match');
  if (held === undefined) return false;
  return held.split(',').some((tag) => {
    const one = tag.trim();
    return one === '*' || one.replace(/^W\//, '') === etag;
  });
}
