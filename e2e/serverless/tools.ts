import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/root';

const run = promisify(execFile);

const CACHE = join(ROOT, 'node_modules/.cache/sheaf/serverless-tools');
const INSTALL_WITHIN_MS = 5 * 60_000;

/** Newer versions of the command do not install on every machine. */
const VERCEL = 'vercel@58.10.0';
const NODE = 'node@24';

export interface Tools {
  /** The script of the `vercel` command. */
  vercel: string;
  /** The Node binary of the host's runtime. */
  node: string;
}

/**
 * The command and the Node of the host, which are no dependencies of Sheaf: installed from the registry into a
 * cache folder when they are needed for the first time.
 */
export async function provideTools(): Promise<Tools> {
  const tools = {
    vercel: join(CACHE, 'node_modules/vercel/dist/vc.js'),
    node: join(CACHE, 'node_modules/node/bin/node'),
  };
  if (existsSync(tools.vercel) && existsSync(tools.node)) return tools;
  await mkdir(CACHE, { recursive: true });
  // The package of Node has its binary only after its install script.
  const options = ['--prefix', CACHE, '--no-audit', '--no-fund', '--ignore-scripts=false'];
  await run('npm', ['install', ...options, VERCEL, NODE], { cwd: CACHE, timeout: INSTALL_WITHIN_MS });
  return tools;
}
