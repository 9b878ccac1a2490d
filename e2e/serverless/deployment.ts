import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import type { Cleanup } from '../support/mounts';
import { readJson, type ServerlessBuild, workFolder } from './build';
import { linkFile, makeWritable } from './copy-tree';
import { type CodeFolder, layOut, type OutputFunction, readOutput } from './functions';
import { startHost } from './host';
import { FunctionInstances } from './instances';
import type { Tools } from './tools';

const RUNTIME = fileURLToPath(new URL('./runtime.ts', import.meta.url));
const DEFAULT_DURATION_S = 300;

/** What the host itself gives each function; nothing else is inherited. */
const OF_THE_HOST = { VERCEL: '1', VERCEL_ENV: 'production', VERCEL_REGION: 'iad1', TZ: 'UTC' };

export interface DeployedFunction {
  run: OutputFunction;
  /** All paths of the output at which it answers. */
  paths: string[];
  code: CodeFolder;
  instances: FunctionInstances;
}

export interface Deployment {
  port: number;
  functions: DeployedFunction[];
}

/**
 * Lays the functions of a build out and serves it. `chmod` keeps them from changing their code; as root they
 * also run as another user, for whom nothing but temporary files can be written.
 */
export async function deploy(options: {
  project: string;
  build: ServerlessBuild;
  tools: Tools;
  port: number;
  variables: Record<string, string>;
  /** How many instances each function has. */
  instances: number;
  logFile: string;
  cleanup: Cleanup;
}): Promise<Deployment> {
  const { build, tools, cleanup } = options;
  const folder = workFolder(options.project);
  const [node, runtime] = [join(folder, 'node'), join(folder, 'runtime.mjs')];
  await rm(node, { force: true });
  await linkFile(tools.node, node);
  const { code: runtimeCode } = await transform(await readFile(RUNTIME, 'utf8'), { loader: 'ts' });
  await writeFile(runtime, runtimeCode);
  // As root: a file that the trace of a function misses is not found in the folder that was built.
  await chmod(build.appFolder, 0o700);
  // Of the build before, which may have had others.
  await makeWritable(join(folder, 'functions'));
  await rm(join(folder, 'functions'), { recursive: true, force: true });
  await writeFile(options.logFile, '');

  const { overrides } = await readJson<{ overrides?: object }>(join(build.output, 'config.json'));
  const runs = new Map<string, { run: OutputFunction; paths: string[] }>();
  for (const [path, item] of await readOutput(build, { ...overrides })) {
    if (item.kind === 'file') continue;
    const known = runs.get(item.run.folder);
    if (known) known.paths.push(path);
    else runs.set(item.run.folder, { run: item.run, paths: [path] });
  }
  const functions: DeployedFunction[] = [];
  for (const { run, paths } of runs.values()) {
    const code = await layOut(run, build, join(folder, 'functions', run.name.replaceAll(/[^\w]/g, '-')));
    const instances = new FunctionInstances({
      node,
      runtime,
      handler: code.handler,
      kind: run.config.useWebApi === true ? 'web' : 'node',
      variables: { ...OF_THE_HOST, ...run.config.environment, ...options.variables },
      instances: options.instances,
      maxDurationMs: (run.config.maxDuration ?? DEFAULT_DURATION_S) * 1000,
      logFile: options.logFile,
    });
    cleanup.add(() => instances.stop());
    functions.push({ run, paths, code, instances });
  }
  const host = await startHost({
    build,
    port: options.port,
    instancesOf: ({ folder: wanted }) => {
      const found = functions.find(({ run }) => run.folder === wanted);
      if (found === undefined) throw new Error(`${wanted} is not deployed.`);
      return found.instances;
    },
  });
  cleanup.add(() => host.close());
  return { port: host.port, functions };
}
