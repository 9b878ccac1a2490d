const API_PATHS = [
  /^\/api(?:\/|$)/,
  /^\/[A-Za-z0-9-]{3,64}\/raw(?:\/\d{1,2})?$/,
  /^\/[A-Za-z0-9-]{3,64}\/(?:download|lock|reveal)$/,
  /^\/[A-Za-z0-9-]{3,64}\/forms\/[a-z]+$/,
  /^\/settings\/export$/,
  /^\/(?:preferences|logout)$/,
  /^\/documents(?:\/|$)/,
  /^\/\.well-known\/security\.txt$/,
  /^\/raw\/[^/]+$/,
];

/** Whether the Hono app answers this path; everything else is a page of Next's. */
export function isApiPath(pathname: string): boolean {
  return API_PATHS.some((pattern) => pattern.test(pathname));
}
