import { existsSync } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, readlink, realpath, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { readJson, type ServerlessBuild } from './build';
import { makeReadOnly } from './copy-tree';

/** `.vc-config.json`, as far as the host needs it. */
interface FunctionConfig {
  handler: string;
  runtime: string;
  launcherType?: string;
  /** The handler takes a `Request` and returns a `Response`. */
  useWebApi?: boolean;
  maxDuration?: number;
  environment?: Record<string, string>;
  /** Files of the function, each with its path in the folder that was built. */
  filePathMap?: Record<string, string>;
}

export interface OutputFunction {
  /** The first of the paths it has, without a slash in front. */
  name: string;
  config: FunctionConfig;
  /** Its own folder in the output. */
  folder: string;
}

export interface Prerendered {
  initialHeaders?: Record<string, string>;
  initialStatus?: number;
  file: string;
}

/** What a path of the output is: a file, an answer made by the build, or a function. */
export type OutputItem =
  | { kind: 'file'; file: string; contentType?: string }
  | { kind: 'prerendered'; prerendered: Prerendered; run: OutputFunction }
  | { kind: 'function'; run: OutputFunction };

interface Override {
  path?: string;
  contentType?: string;
}

interface PrerenderConfig {
  fallback?: string | { fsPath: string } | null;
  initialHeaders?: Record<string, string>;
  initialStatus?: number;
}

const FUNCTION = '.func';

/** All paths of the output with what they are. A function with several paths is one object. */
export async function readOutput(
  { output }: ServerlessBuild,
  overrides: Record<string, Override> = {},
): Promise<Map<string, OutputItem>> {
  const items = new Map<string, OutputItem>();
  for (const file of await listFiles(join(output, 'static'))) {
    const name = relative(join(output, 'static'), file);
    const { path = name, contentType } = overrides[name] ?? {};
    items.set(`/${path}`, { kind: 'file', file, ...(contentType !== undefined && { contentType }) });
  }
  const known = new Map<string, OutputFunction>();
  for (const folder of await listFunctions(join(output, 'functions'))) {
    const name = relative(join(output, 'functions'), folder).slice(0, -FUNCTION.length);
    const real = await realpath(folder);
    const run = known.get(real) ?? {
      name,
      folder: real,
      config: await readJson(join(real, '.vc-config.json')),
    };
    known.set(real, run);
    const prerendered = await readPrerendered(folder);
    const item: OutputItem = prerendered
      ? { kind: 'prerendered', prerendered, run }
      : { kind: 'function', run };
    items.set(`/${name}`, item);
    if (basename(name) === 'index') items.set(`/${dirname(name) === '.' ? '' : dirname(name)}`, item);
  }
  return items;
}

async function readPrerendered(folder: string): Promise<Prerendered | null> {
  const file = `${folder.slice(0, -FUNCTION.length)}.prerender-config.json`;
  if (!existsSync(file)) return null;
  const { fallback, initialHeaders, initialStatus } = await readJson<PrerenderConfig>(file);
  if (!fallback) return null;
  const name = typeof fallback === 'string' ? fallback : basename(fallback.fsPath);
  return {
    file: join(dirname(folder), name),
    ...(initialHeaders && { initialHeaders }),
    ...(initialStatus !== undefined && { initialStatus }),
  };
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Folders and links that are functions; what is in a function is not looked at. */
async function listFunctions(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name.endsWith(FUNCTION)) found.push(path);
    else if (entry.isDirectory()) found.push(...(await listFunctions(path)));
  }
  // Links come last, so that a function is named after its folder.
  const links = await Promise.all(found.map(async (path) => (await lstat(path)).isSymbolicLink()));
  return [...found.filter((_, index) => !links[index]), ...found.filter((_, index) => links[index])];
}

export interface CodeFolder {
  folder: string;
  handler: string;
  files: number;
  bytes: number;
}

/** Lays the files of a function into a folder of its own, in which nothing can be changed. */
export async function layOut(
  { config, folder: source }: OutputFunction,
  { appFolder }: ServerlessBuild,
  folder: string,
): Promise<CodeFolder> {
  const own = (await listFiles(source)).map((file): [string, string] => [relative(source, file), file]);
  const traced = Object.entries(config.filePathMap ?? {}).map(([path, file]): [string, string] => [
    path,
    join(appFolder, file),
  ]);
  const laid = { files: 0, bytes: 0 };
  for (const [path, file] of [...traced, ...own]) {
    if (path === '.vc-config.json') continue;
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    const { size, isLink } = await describeFile(file);
    if (isLink) await symlink(await readlink(file), target);
    else await copyFile(file, target);
    laid.files += 1;
    laid.bytes += size;
  }
  await makeReadOnly(folder);
  return { folder, handler: join(folder, config.handler), ...laid };
}

async function describeFile(file: string): Promise<{ size: number; isLink: boolean }> {
  const status = await lstat(file);
  return { size: status.size, isLink: status.isSymbolicLink() };
}
