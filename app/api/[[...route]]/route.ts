import { api } from '@/lib/api/app';
import { rewrittenForApi } from '@/lib/api/terminal-path';

export const maxDuration = 60;

const handler = (request: Request) => api.fetch(rewrittenForApi(request));

export {
  handler as DELETE,
  handler as GET,
  handler as HEAD,
  handler as OPTIONS,
  handler as PATCH,
  handler as POST,
  handler as PUT,
};
