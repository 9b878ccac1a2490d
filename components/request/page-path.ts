/** Set by `proxy.ts` on the request: path and query of the page, always of this site. */
export const PAGE_PATH_HEADER = 'x-sheaf-path';
