import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PurgeCSS } from 'purgecss';
import { ROOT } from './root';

const READER_STYLE = '.next/reader.css';

const STYLESHEETS = '.next/static/chunks';

/** All that names a class on a page of the front. */
const SOURCES = [
  'components/{layout,page,palette,ui}/**/*.{ts,tsx}',
  'components/reading/*.{ts,tsx}',
  'components/reading/{aids,manage,secret}/*.{ts,tsx}',
  'components/sharing/{share-sheet,sheet-share-list,recipient-chip,recipient-field}.tsx',
  'lib/text/**/*.ts',
  'server/reading/**/*.tsx',
];

/**
 * Writes the rules of Next's stylesheet that pages of the front may need, for these pages to contain: the text
 * then shows without waiting for another request.
 */
export async function writeReaderStyle(): Promise<void> {
  const folder = join(ROOT, STYLESHEETS);
  const [name, another] = (await readdir(folder)).filter((file) => file.endsWith('.css'));
  if (name === undefined || another !== undefined) throw new Error(`${STYLESHEETS} must hold one stylesheet`);
  const raw = await readFile(join(folder, name), 'utf8');
  const [purged] = await new PurgeCSS().purge({
    content: SOURCES.map((source) => join(ROOT, source)),
    css: [{ raw }],
    variables: true,
    defaultExtractor: (source) => source.match(/[^\s"'`<>]+/g) ?? [],
    // Attributes hold states, which no source spells out as CSS does.
    dynamicAttributes: [...new Set(Array.from(raw.matchAll(/\[([a-z-]+)/g), ([, name = '']) => name))],
    // Elements, most of which Markdown may contain, and states such as `:focus-visible`.
    safelist: [/^[a-z][a-z0-9]*$/, /^:/],
  });
  if (!purged) throw new Error(`${name} could not be read`);
  await writeFile(join(ROOT, READER_STYLE), purged.css.replaceAll('url(../', 'url(/_next/static/'));
}
