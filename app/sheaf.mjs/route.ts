import { respondWithClient } from '@/components/docs/terminal-client';

export const dynamic = 'force-dynamic';

export function GET(request: Request): Promise<Response> {
  return respondWithClient(request);
}
