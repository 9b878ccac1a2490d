import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { hashSources } from '../../scripts/build-stamp';
import { linkTree } from './copy-tree';
import type { Tools } from './tools';

const OUTPUT = '.vercel/output';
/** What `vercel build` printed, in the folder that was built. */
export const LOG = '.vercel/build.log';

const BUILD_WITHIN_MS = 10 * 60_000;

/** What `vercel link` and `vercel pull` would write. The packages are in place already. */
const PROJECT = {
  projectId: 'prj_rehearsal',
  orgId: 'team_rehearsal',
  settings: { framework: 'nextjs', nodeVersion: '24.x', installCommand: 'true' },
};

/** Not part of what is deployed, or made by the build. */
const NOT_SOURCES = [
  '.data',
  '.git',
  '.next',
  '.vercel',
  'dist',
  'node_modules',
  'playwright-report',
  'test-results',
];

/** Made by the build as well. */
const GENERATED = join('lib', 'generated');

export interface ServerlessBuild {
  /** The folder that was built, to which the paths of traced files are relative. */
  appFolder: string;
  /** `.vercel/output` in it. */
  output: string;
}

/**
 * Runs `vercel build` on a copy of a project, so that its own `.next` stays as it is. The copy is beside other
 * temporary files and not in the project: a build inside another project would find the packages of both.
 *
 * @param options.variables what is configured on the host while it builds
 * @throws with what was printed if the build fails
 */
async function buildServerless(options: {
  project: string;
  tools: Tools;
  variables: Record<string, string>;
}): Promise<ServerlessBuild> {
  const appFolder = join(workFolder(options.project), 'app');
  await rm(appFolder, { recursive: true, force: true });
  await copyProject(options.project, appFolder);
  await mkdir(join(appFolder, '.vercel'));
  await writeFile(join(appFolder, '.vercel/project.json'), JSON.stringify(PROJECT));
  await writeFile(join(appFolder, '.vercel/.env.production.local'), formatVariables(options.variables));
  await runVercel(options.tools, appFolder);
  return { appFolder, output: join(appFolder, OUTPUT) };
}

/** The build of the last time if the sources are the same, or else a new one. */
export async function findOrBuild(options: {
  project: string;
  tools: Tools;
  variables: () => Promise<Record<string, string>>;
}): Promise<ServerlessBuild> {
  const { project, tools } = options;
  const appFolder = join(workFolder(project), 'app');
  const stampFile = join(appFolder, '.vercel/sources');
  const stamp = hashSources(project) + (await readSettings(project));
  if ((await readFile(stampFile, 'utf8').catch(() => null)) === stamp) {
    return { appFolder, output: join(appFolder, OUTPUT) };
  }
  const build = await buildServerless({ project, tools, variables: await options.variables() });
  await writeFile(stampFile, stamp);
  return build;
}

/** Files beside the sources of a build that decide what the host builds, and with which versions. */
async function readSettings(project: string): Promise<string> {
  const files = ['package.json', 'vercel.json', 'e2e/serverless/tools.ts'].map((file) =>
    readFile(join(project, file), 'utf8').catch(() => ''),
  );
  return (await Promise.all(files)).join('\n');
}

/** A folder for everything that is made of a project. */
export function workFolder(project: string): string {
  const name = createHash('sha256').update(project).digest('hex').slice(0, 12);
  return join(tmpdir(), `sheaf-serverless-${name}`);
}

async function copyProject(project: string, target: string): Promise<void> {
  await cp(project, target, {
    recursive: true,
    filter: (source) => {
      const path = relative(project, source);
      const [first = ''] = path.split(sep);
      return !NOT_SOURCES.includes(first) && !/^[.]env(?!.*[.]example$)/.test(first) && path !== GENERATED;
    },
  });
  await linkTree(join(project, 'node_modules'), join(target, 'node_modules'), ['.cache']);
}

function formatVariables(variables: Record<string, string>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
    .join('');
}

async function runVercel({ vercel, node }: Tools, cwd: string): Promise<void> {
  const { HOME = '', PATH = '' } = process.env;
  const env = {
    HOME,
    PATH: `${dirname(node)}:${PATH}`,
    NODE_ENV: 'production',
    // As on the host; the command then neither warns that it is elsewhere nor looks for updates.
    VERCEL: '1',
    VERCEL_ENV: 'production',
    VERCEL_BUILD_IMAGE: '1',
    VERCEL_TELEMETRY_DISABLED: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
  } as const;
  // The token is not used: nothing is sent anywhere.
  const args = [vercel, 'build', '--prod', '--yes', '--token', 'x'];
  const child = spawn(node, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: BUILD_WITHIN_MS });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => printed.push(chunk));
  const [code] = await once(child, 'close');
  const log = Buffer.concat(printed).toString();
  await writeFile(join(cwd, LOG), log);
  if (code !== 0) throw new Error(`vercel build ended with ${code ?? child.signalCode}.\n${log}`);
}

/** The lines of a build's log that warn of something. */
export function findWarnings(log: string): string[] {
  return log.split('\n').filter((line) => /\bwarn(?:ing)?\b|⚠|deprecat/i.test(line));
}

export async function readJson<Shape>(file: string): Promise<Shape> {
  return JSON.parse(await readFile(file, 'utf8')) as Shape;
}
