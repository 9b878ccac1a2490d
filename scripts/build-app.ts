import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildPart, checkPart, makePart } from './build-stamp';
import { compressFiles } from './compress-files';
import { ROOT } from './root';

const APP: BuildPart = { stamp: '.next/sheaf-build', products: ['.next/BUILD_ID', '.next/reader.css'] };
const TOOLS = 'node_modules/@tailwindcss/postcss';

/**
 * Runs `next build` if the sources have changed since the last build. Returns whether it did. Throws an error
 * with one sentence if a build is needed and the build tools are not installed.
 */
export async function ensureAppBuilt(
  options: { signal?: AbortSignal /** Called before a build begins. */; onBuild?: () => void } = {},
): Promise<boolean> {
  const state = await checkPart(APP);
  if (state === 'current') return false;
  if (!existsSync(join(ROOT, TOOLS))) {
    const fault = state === 'stale' ? 'The build is older than its sources' : 'Sheaf is not built';
    throw new Error(
      `${fault} and the build tools are not installed: run npm ci && npm run build, or use the image.`,
    );
  }
  options.onBuild?.();
  await makePart(APP, async () => {
    await runTool(['node_modules/next/dist/bin/next', 'build'], options.signal);
    // Its package is one of the build tools.
    const { writeReaderStyle } = await import('./reader-style');
    await Promise.all([compressFiles(join(ROOT, '.next/static')), writeReaderStyle()]);
  });
  return true;
}

/** Runs a build tool. Throws with its output if it fails. */
export async function runTool(args: string[], signal?: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  const [code] = await once(child, 'close');
  if (code === 0) return;
  throw new Error(`The build failed (${args.join(' ')}).\n${Buffer.concat(output).toString().trim()}`);
}
