import type { ApiContext } from './context';

/**
 * Sets the ETag of the response, and returns whether the caller already has it: then answer 304. Call it
 * only after checking that the caller may read the resource.
 */
export function isHeld(c: ApiContext, etag: string): boolean {
  for (const [name, value] of Object.entries(validators(etag))) c.header(name, value);
  return isHeldBy(c.req.header('if-none-match'), etag);
}

/** The headers of a response that its caller may cache. */
export function validators(etag: string): Record<string, string> {
  // Only the caller may cache it, and must revalidate each time: what was deleted or
  // taken from them is then gone at once. `no-store`, the rule elsewhere, would leave nothing to ask about.
  return { ETag: etag, 'Cache-Control': 'private, no-cache' };
}

/** Whether an `If-None-Match` names the ETag. */
export function isHeldBy(held: string | undefined, etag: string): boolean {
  if (held === undefined) return false;
  return held.split(',').some((tag) => {
    const one = tag.trim();
    return one === '*' || one.replace(/^W\//, '') === etag;
  });
}
