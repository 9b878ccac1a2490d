import { ImageResponse } from 'next/og';
import { givenTitle, languageOf } from '@/components/reading/display';
import { findPasteForPage } from '@/components/reading/load/load-paste';
import { previewFonts } from '@/components/reading/preview/preview-fonts';
import { drawPreview, PREVIEW_SIZE } from '@/components/reading/preview/preview-image';
import { accentShades } from '@/lib/core/accent';
import { toAppError } from '@/lib/core/app-error';
import { commonHeaders } from '@/lib/core/http/security-headers';
import { refreshSettings, setting } from '@/lib/core/settings/stored-settings';
import { isIndexable } from '@/lib/pastes/policy';
import { languageName } from '@/lib/text/highlight/languages';

const HEADERS = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' };

/** The preview image of a link; it shows only what an anonymous reader of the page sees. */
export async function GET(_request: Request, { params }: { params: Promise<{ slug: string }> }) {
  const headers = { ...commonHeaders(), ...HEADERS };
  const { slug } = await params;
  try {
    await refreshSettings();
    const found = await findPasteForPage(slug);
    if (!found?.isOpen) return new Response(null, { status: 404, headers });
    const shown = isIndexable(found.paste)
      ? { title: givenTitle(found.paste), language: languageName(languageOf(found.paste)) }
      : null;
    const fonts = await previewFonts();
    const { accent } = accentShades(setting('accent')).light;
    const image = drawPreview({ shown, fonts, instance: setting('instance_name'), accent });
    return new ImageResponse(image, { ...PREVIEW_SIZE, fonts: fonts.fonts, headers });
  } catch (error) {
    return new Response(null, { status: toAppError(error).status, headers });
  }
}
