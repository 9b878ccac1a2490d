import { ImageResponse } from 'next/og';
import { givenTitle } from '@/components/paste/display';
import { findPasteForPage } from '@/components/paste/found-paste';
import { previewFonts } from '@/components/paste/preview-fonts';
import { drawPreview, PREVIEW_SIZE } from '@/components/paste/preview-image';
import { toAppError } from '@/lib/app-error';
import { languageName } from '@/lib/highlight/languages';
import { commonHeaders } from '@/lib/security-headers';

const HEADERS = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' };

/** The picture a link is shown with elsewhere; it says no more than the page would to a stranger. */
export async function GET(_request: Request, { params }: { params: Promise<{ slug: string }> }) {
  const headers = { ...commonHeaders(), ...HEADERS };
  const { slug } = await params;
  try {
    const found = await findPasteForPage(slug);
    if (!found?.isOpen) return new Response(null, { status: 404, headers });
    const { visibility, files } = found.paste;
    const shown =
      visibility === 'public'
        ? { title: givenTitle(found.paste), language: languageName(files[0]?.language ?? 'text') }
        : null;
    const fonts = await previewFonts();
    return new ImageResponse(drawPreview({ shown, fonts }), { ...PREVIEW_SIZE, fonts: fonts.fonts, headers });
  } catch (error) {
    return new Response(null, { status: toAppError(error).status, headers });
  }
}
