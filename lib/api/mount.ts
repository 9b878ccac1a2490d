import { api } from './app';
import { rewrittenForApi } from './terminal-path';

const handler = (request: Request) => api.fetch(rewrittenForApi(request));

// Every method, so that Next answers none by itself.
export {
  handler as DELETE,
  handler as GET,
  handler as HEAD,
  handler as OPTIONS,
  handler as PATCH,
  handler as POST,
  handler as PUT,
};
