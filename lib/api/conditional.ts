import type { ApiContext } from './context';

/**
 * Sets the ETag of the response, and returns whether the caller already has it: then answer 304. Call it
 * only after checking that the caller may read the resource.
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
