import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The files that a page links to, by their paths on this site. */
export interface PageAssets {
  stylesheet: string;
  script: string;
}

const ROOT = new URL('../../', import.meta.url);
const STYLESHEETS = new URL('.next/static/chunks/', ROOT);
const SCRIPTS = new URL('dist/assets/', ROOT);

/** The stylesheet of the last build of Next and the script of the front. Throws if the build is incomplete. */
export function findAssets(): PageAssets {
  return {
    stylesheet: `/_next/static/chunks/${theOneIn(STYLESHEETS, '.css')}`,
    script: `/assets/${theOneIn(SCRIPTS, '.js')}`,
  };
}

function theOneIn(folder: URL, extension: string): string {
  const [name, another] = readdirSync(folder).filter((file) => file.endsWith(extension));
  if (name === undefined || another !== undefined) {
    throw new Error(
      `${fileURLToPath(folder)} does not hold exactly one ${extension} file: run npm run build`,
    );
  }
  return name;
}
