import { PALETTE } from '@/components/ui/palette';
import type { PreviewFonts } from './preview-fonts';
import { previewText } from './preview-text';

export const PREVIEW_SIZE = { width: 1200, height: 630 };

interface PreviewOptions {
  /** Null for a paste that must not be revealed to others. */
  shown: { title: string; language: string } | null;
  fonts: Pick<PreviewFonts, 'family' | 'coverage'>;
  /** What the instance is called. */
  instance: string;
  /** The colour of its mark. */
  accent: string;
}

/** The preview image as an element for `ImageResponse`, with only characters that `fonts` can draw. */
export function drawPreview({ shown, fonts: { family, coverage }, instance, accent }: PreviewOptions) {
  const title = previewText(shown?.title ?? '', coverage);
  const language = previewText(shown?.language ?? '', coverage);
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        width: '100%',
        height: '100%',
        padding: '72px 80px',
        background: PALETTE.light.paper,
        color: PALETTE.light.ink,
        fontFamily: family,
      }}
    >
      <div style={{ display: 'flex', alignItems: 'center', gap: 20, fontSize: 36 }}>
        <svg
          aria-hidden="true"
          width="56"
          height="56"
          viewBox="0 0 20 20"
          fill="none"
          stroke={accent}
          strokeWidth="1.4"
          strokeLinejoin="round"
        >
          <path d="M4.5 6.5V17H13" opacity=".35" />
          <path d="M6.5 4.5V15H15" opacity=".6" />
          <path d="M8.5 2.5H14l3 3V13H8.5z" />
        </svg>
        {previewText(instance, coverage)}
      </div>
      {title === '' ? (
        <Lines />
      ) : (
        <div style={{ fontSize: title.length > 48 ? 52 : 68, lineHeight: 1.25 }}>{title}</div>
      )}
      <div
        style={{
          display: 'flex',
          borderTop: `2px solid ${PALETTE.light.hair}`,
          paddingTop: 28,
          minHeight: 72,
          fontSize: 30,
          color: PALETTE.light.muted,
        }}
      >
        {language}
      </div>
    </div>
  );
}

/** A drawn page of illegible text. */
function Lines() {
  const widths = [520, 700, 380, 620];
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 26 }}>
      {widths.map((width) => (
        <div key={width} style={{ width, height: 18, background: PALETTE.light.hair, borderRadius: 9 }} />
      ))}
    </div>
  );
}
