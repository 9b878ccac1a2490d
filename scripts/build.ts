import { readFile, rm } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Loader, type Plugin, stop } from 'esbuild';
import { ensureAppBuilt, runTool } from './build-app';
import { ASSETS, areCommandsCurrent, CLIENT, COMMANDS, ENTRY_POINTS } from './build-check';
import { buildClient } from './build-client';
import { makePart } from './build-stamp';
import { compressFiles } from './compress-files';
import { ROOT } from './root';

const ASSET_SOURCES = {
  palette: 'components/palette/open-palette.tsx',
  'qr-code': 'components/reading/qr-code.ts',
  reader: 'components/reading/reader-script.ts',
  secret: 'components/reading/secret/secret-script.ts',
  'open-worker': 'components/reading/secret/open-worker.ts',
  'share-sheet': 'components/sharing/open-share-sheet.tsx',
  'view-worker': 'components/reading/secret/view-worker.ts',
};

type AssetName = keyof typeof ASSET_SOURCES;

const SPLIT: BuildOptions = { format: 'esm', splitting: true };

/**
 * Builds the commands, the front and the app if the sources have changed since the last build. Returns
 * whether anything was built.
 */
export async function ensureBuilt(options: { signal?: AbortSignal } = {}): Promise<boolean> {
  const compiled = await ensureCommandsBuilt(options);
  return (await ensureAppBuilt(options)) || compiled;
}

async function ensureCommandsBuilt({ signal }: { signal?: AbortSignal }): Promise<boolean> {
  if (await areCommandsCurrent()) return false;
  await makePart(COMMANDS, async () => {
    await runTool(['node_modules/prisma/build/index.js', 'generate'], signal);
    await compile();
  });
  return true;
}

/** Bundles everything except packages into `dist`. */
async function compile(): Promise<void> {
  await rm(join(ROOT, 'dist'), { recursive: true, force: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: ENTRY_POINTS,
    outdir: 'dist',
    bundle: true,
    // Dynamic imports stay in separate files: a production install may lack their packages.
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    // The package throws when another bundler than Next imports it.
    alias: { 'server-only': './lib/core/server-only.ts' },
    plugins: [keepModuleAddresses],
    sourcemap: true,
    logLevel: 'warning',
  });
  await Promise.all([buildAssets(), buildClient(join(ROOT, CLIENT))]);
  await stop();
  await compressFiles(join(ROOT, ASSETS));
}

async function buildAssets(): Promise<void> {
  const [openWorker] = await buildAsset(['open-worker'], { format: 'iife' });
  // Each grammar is a file of its own.
  const [viewWorker] = await buildAsset(['view-worker'], { ...SPLIT, chunkNames: 'view-[hash]' });
  const [qrCode] = await buildAsset(['qr-code'], { format: 'esm' });
  // React is in a file that both load.
  const islands = { ...SPLIT, chunkNames: 'island-[hash]' };
  const [palette, shareSheet] = await buildAsset(['palette', 'share-sheet'], islands);
  const define = {
    OPEN_WORKER: addressOf(openWorker),
    VIEW_WORKER: addressOf(viewWorker),
    QR_CODE: addressOf(qrCode),
    PALETTE: addressOf(palette),
    SHARE_SHEET: addressOf(shareSheet),
  };
  const page: BuildOptions = { format: 'iife', define, external: ['/assets/*'] };
  await buildAsset(['secret'], page);
  await buildAsset(['reader'], page);
}

function addressOf(path: string | undefined): string {
  return JSON.stringify(`/${relative('dist', path ?? '')}`);
}

/** @returns the paths of the files, which have the hash of their content in their names */
async function buildAsset(names: readonly AssetName[], options: BuildOptions): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(names.map((name) => [name, ASSET_SOURCES[name]])),
    outdir: ASSETS,
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    metafile: true,
    platform: 'browser',
    target: 'es2022',
    logLevel: 'warning',
    ...options,
  });
  const outputs = Object.entries(metafile?.outputs ?? {});
  return names.map((name) => {
    const made = outputs.find(([, { entryPoint }]) => entryPoint === ASSET_SOURCES[name]);
    if (!made) throw new Error(`${ASSET_SOURCES[name]} made no file`);
    return made[0];
  });
}

/** Keeps `import.meta.url` as the URL of the source, which modules use to find files beside them. */
const keepModuleAddresses: Plugin = {
  name: 'keep-module-addresses',
  setup({ onLoad }) {
    onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
      const address = `new URL(${JSON.stringify(`../${relative(ROOT, path)}`)}, import.meta.url).href`;
      const source = await readFile(path, 'utf8');
      const loader = extname(path).slice(1) as Loader;
      return { contents: source.replaceAll(/\bimport\.meta\.url\b/g, address), loader };
    });
  },
};

/** `node --import tsx scripts/build.ts` builds everything; with `commands`, what scripts/run.mjs runs. */
async function main(scope: string | undefined): Promise<void> {
  const stopping = new AbortController();
  // scripts/run.mjs, which waits for the commands, has ended.
  process.on('disconnect', () => stopping.abort());
  const options = { signal: stopping.signal };
  if (scope === 'commands') {
    await ensureCommandsBuilt(options);
    return;
  }
  console.log((await ensureBuilt(options)) ? 'Built.' : 'The build is up to date.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(process.argv[2]).catch((error: unknown) => {
    process.exitCode = 1;
    if (process.connected !== false) console.error(error instanceof Error ? error.message : error);
  });
  // The channel to scripts/run.mjs would keep the process alive.
  process.exit();
}
