import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { SERVED_BY_LINE } from '../cli/served-by';
import { ROOT } from './root';

/** Bundles the terminal client with the packages it needs into one file, not minified: people may read it. */
export async function buildClient(outfile: string): Promise<void> {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['cli/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: `#!/usr/bin/env node\n// The terminal client of Sheaf ${version}.\n${SERVED_BY_LINE}` },
    define: { SHEAF_VERSION: JSON.stringify(version) },
    legalComments: 'eof',
    logLevel: 'warning',
  });
}
