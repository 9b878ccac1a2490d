/** How long a front waits at a stop for the requests in progress, unless `DRAIN_SECONDS` is set. */
export const DEFAULT_DRAIN_SECONDS = 20;
