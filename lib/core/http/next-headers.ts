/** The headers of Next's own client; `next-headers.test.ts` holds them against the installed version. */

/** Set on a call of a server action; absent where the browser posted the form itself. */
export const ACTION_HEADER = 'next-action';
/** Set on a request for the data of a page instead of its HTML. */
export const RSC_HEADER = 'rsc';
