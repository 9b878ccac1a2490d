import 'server-only';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readWoffCoverage } from './woff-coverage';

const FOLDER = 'node_modules/@fontsource/jetbrains-mono/files';

// Each path is spelled out, so that a serverless build includes these files only.
const FILES = {
  latin: join(process.cwd(), FOLDER, 'jetbrains-mono-latin-600-normal.woff'),
  latinExt: join(process.cwd(), FOLDER, 'jetbrains-mono-latin-ext-600-normal.woff'),
  cyrillic: join(process.cwd(), FOLDER, 'jetbrains-mono-cyrillic-600-normal.woff'),
  cyrillicExt: join(process.cwd(), FOLDER, 'jetbrains-mono-cyrillic-ext-600-normal.woff'),
  greek: join(process.cwd(), FOLDER, 'jetbrains-mono-greek-600-normal.woff'),
  vietnamese: join(process.cwd(), FOLDER, 'jetbrains-mono-vietnamese-600-normal.woff'),
};

export interface PreviewFonts {
  /** For the `fonts` option of the renderer; the same array for each image, by which it caches them. */
  fonts: { name: string; data: Buffer; weight: 600; style: 'normal' }[];
  /** The value of `font-family`. */
  family: string;
  /** The code points that at least one of the fonts has a glyph for. */
  coverage: ReadonlySet<number>;
}

let loaded: Promise<PreviewFonts> | undefined;

/** The fonts of the preview image, read once. */
export function previewFonts(): Promise<PreviewFonts> {
  loaded ??= loadFonts().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function loadFonts(): Promise<PreviewFonts> {
  const fonts = await Promise.all(
    Object.entries(FILES).map(async ([name, path]) => ({
      name,
      data: await readFile(path),
      weight: 600 as const,
      style: 'normal' as const,
    })),
  );
  return {
    fonts,
    family: fonts.map(({ name }) => name).join(', '),
    coverage: new Set(fonts.flatMap(({ data }) => readWoffCoverage(data))),
  };
}
