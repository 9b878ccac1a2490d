import { respondWithSitemapIndex } from '@/components/explore/sitemap-response';

export const dynamic = 'force-dynamic';

export function GET(): Promise<Response> {
  return respondWithSitemapIndex();
}
