import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { linkTree } from '../e2e/serverless/copy-tree';
import { runTool } from '../scripts/build-app';
import { ROOT } from '../scripts/root';
import { findFreePort } from '../server/postgres/free-port';

const PACKAGES = join(ROOT, 'node_modules');
const ANSWERS_WITHIN_MS = 30_000;

/** The least that Next makes functions of: a page and a route that answer at request time. */
const SOURCES: Record<string, string> = {
  'package-lock.json': JSON.stringify({ name: 'empty', lockfileVersion: 3, packages: {} }),
  'app/layout.jsx':
    'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }',
  'app/page.jsx':
    "export const dynamic = 'force-dynamic';\nexport default function Page() { return <p>Hello</p>; }",
  'app/api/health/route.js':
    "export const dynamic = 'force-dynamic';\nexport function GET() { return Response.json({ status: 'ok' }); }",
};

/** Writes an app of an empty page into a folder, without packages. */
export async function writeEmptyApp(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const files = { ...SOURCES, 'package.json': await emptyPackage() };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** The versions are those of Sheaf. */
async function emptyPackage(): Promise<string> {
  const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const { next, react, 'react-dom': reactDom } = dependencies;
  return JSON.stringify({
    name: 'empty',
    private: true,
    type: 'module',
    engines: { node: '24.x' },
    scripts: { build: 'next build' },
    dependencies: { next, react, 'react-dom': reactDom },
  });
}

export interface EmptyApp {
  origin: string;
  pid: number;
  /** Stops it, and removes what it was made of. */
  stop(): Promise<void>;
}

/** Builds the empty app and runs it by `next start`. */
export async function startEmptyApp(): Promise<EmptyApp> {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-empty-page-'));
  try {
    await writeEmptyApp(folder);
    // Next does not build with a link to packages elsewhere.
    const packages = join(folder, 'node_modules');
    await linkTree(PACKAGES, packages, ['.cache']);
    const next = join(packages, 'next/dist/bin/next');
    await runTool([next, 'build', folder]);
    const port = await findFreePort();
    const child = spawn(process.execPath, [next, 'start', folder, '-H', '127.0.0.1', '-p', String(port)], {
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: 'ignore',
    });
    const exited = once(child, 'exit');
    const stop = async () => {
      child.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    };
    const origin = `http://127.0.0.1:${port}`;
    if (!(await waitFor(origin))) {
      await stop();
      throw new Error('The empty app did not answer.');
    }
    return { origin, pid: child.pid ?? 0, stop };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function waitFor(origin: string): Promise<boolean> {
  for (const deadline = Date.now() + ANSWERS_WITHIN_MS; Date.now() < deadline; await sleep(100)) {
    const answer = await fetch(origin).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok) return true;
  }
  return false;
}
