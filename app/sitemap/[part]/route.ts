import { respondWithSitemapPart } from '@/components/explore/sitemap-response';

export async function GET(_request: Request, { params }: { params: Promise<{ part: string }> }) {
  return respondWithSitemapPart((await params).part);
}
