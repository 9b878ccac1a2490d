import { revisionBytes } from '@/components/history/revision-bytes';

/** `/{slug}/history/raw?r=2` */
export async function GET(request: Request, { params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return revisionBytes(slug, new URL(request.url).searchParams.get('r'));
}
