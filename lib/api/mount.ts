import { isLightPath, lightApi } from './light-app';
import { rewrittenForApi } from './terminal-path';

const handler = async (request: Request): Promise<Response> => {
  const asked = rewrittenForApi(request);
  if (isLightPath(new URL(asked.url).pathname)) return lightApi.fetch(asked);
  const { api } = await import('./app');
  return api.fetch(asked);
};

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
