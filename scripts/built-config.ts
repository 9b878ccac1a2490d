import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './root';

const builtSchema = z.object({ config: z.record(z.string(), z.unknown()) });

/**
 * The variable with which Next takes its configuration as the build left it, as Next's own standalone server does
 * (`writeStandaloneDirectory` in https://github.com/vercel/next.js/blob/canary/packages/next/src/build/utils.ts).
 * Otherwise each start compiles next.config.ts, with compilers whose binaries do not load where nothing but data can be
 * written. Requires a build.
 */
export async function builtConfig(): Promise<{ __NEXT_PRIVATE_STANDALONE_CONFIG: string }> {
  const text = await readFile(join(ROOT, '.next/required-server-files.json'), 'utf8');
  const { config } = builtSchema.parse(JSON.parse(text));
  return { __NEXT_PRIVATE_STANDALONE_CONFIG: JSON.stringify(config) };
}
