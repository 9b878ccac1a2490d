import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withoutBidiControls } from '@/lib/pastes/display-text';

export const PREVIEW_SIZE = { width: 1200, height: 630 };

const MAX_TITLE = 110;

/*
 * What both fonts have. For anything else the renderer would ask a font service, and so tell a third
 * party about the paste.
 */
const UNCOVERED = /[^\u0020-\u007e\u00a1-\u00ac\u00ae-\u00ff\u0400-\u045f\u2013\u2014\u2018-\u201e\u2026]+/g;

// Each path is written out, so that a serverless build takes along these two files and no others.
export async function previewFonts() {
  const [latin, cyrillic] = await Promise.all([
    readFile(
      join(
        process.cwd(),
        'node_modules/@fontsource/jetbrains-mono/files/jetbrains-mono-latin-600-normal.woff',
      ),
    ),
    readFile(
      join(
        process.cwd(),
        'node_modules/@fontsource/jetbrains-mono/files/jetbrains-mono-cyrillic-600-normal.woff',
      ),
    ),
  ]);
  return [
    { name: 'Latin', data: latin, weight: 600, style: 'normal' } as const,
    { name: 'Cyrillic', data: cyrillic, weight: 600, style: 'normal' } as const,
  ];
}

function drawable(text: string): string {
  const clean = withoutBidiControls(text).replace(UNCOVERED, ' ').replace(/\s+/g, ' ').trim();
  return clean.length > MAX_TITLE ? `${clean.slice(0, MAX_TITLE - 1).trimEnd()}…` : clean;
}

/** `shown` is null for a paste that strangers must not learn about. */
export function drawPreview(shown: { title: string; language: string } | null) {
  const title = drawable(shown?.title ?? '');
  const language = drawable(shown?.language ?? '');
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        width: '100%',
        height: '100%',
        padding: '72px 80px',
        background: '#fbfaf7',
        color: '#1c1b19',
        fontFamily: 'Latin, Cyrillic',
      }}
    >
      <div style={{ display: 'flex', alignItems: 'center', gap: 20, fontSize: 36 }}>
        <svg
          aria-hidden="true"
          width="56"
          height="56"
          viewBox="0 0 20 20"
          fill="none"
          stroke="#0f6b5c"
          strokeWidth="1.4"
          strokeLinejoin="round"
        >
          <path d="M4.5 6.5V17H13" opacity=".35" />
          <path d="M6.5 4.5V15H15" opacity=".6" />
          <path d="M8.5 2.5H14l3 3V13H8.5z" />
        </svg>
        Sheaf
      </div>
      {title === '' ? (
        <Lines />
      ) : (
        <div style={{ fontSize: title.length > 48 ? 52 : 68, lineHeight: 1.25 }}>{title}</div>
      )}
      <div
        style={{
          display: 'flex',
          borderTop: '2px solid #e4e0d8',
          paddingTop: 28,
          minHeight: 72,
          fontSize: 30,
          color: '#69655d',
        }}
      >
        {language}
      </div>
    </div>
  );
}

/** A page of text, none of it readable. */
function Lines() {
  const widths = [520, 700, 380, 620];
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 26 }}>
      {widths.map((width) => (
        <div key={width} style={{ width, height: 18, background: '#e4e0d8', borderRadius: 9 }} />
      ))}
    </div>
  );
}
