import { symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOrBuild, type ServerlessBuild } from '../e2e/serverless/build';
import { type Deployment, deploy } from '../e2e/serverless/deployment';
import { startServices } from '../e2e/serverless/services';
import { provideTools } from '../e2e/serverless/tools';
import { Cleanup, makeFolder } from '../e2e/support/mounts';
import { ROOT } from '../scripts/root';
import { writeEmptyApp } from './empty-app';
import { readProcessorMs } from './processor-time';
import { renderTable } from './report';
import { formatNumber, formatSummary, median, summarize } from './statistics';

const ROUNDS = 7;
const WARM_REQUESTS = 50;

/** Paths with the functions that answer there; a page passes the middleware first. */
const CASES = [
  { path: '/api/health', emptyPath: '/api/health', ofSheaf: ['/api/[[...route]]'] },
  { path: '/SLUG/raw', emptyPath: '/api/health', ofSheaf: ['/api/[[...route]]'] },
  { path: '/sitemap.xml', emptyPath: '/api/health', ofSheaf: ['/sitemap.xml'] },
  { path: '/', emptyPath: '/', ofSheaf: ['/'] },
  { path: '/SLUG', emptyPath: '/', ofSheaf: ['/[slug]'] },
  { path: '/', emptyPath: '/', ofSheaf: ['/_middleware'] },
  { path: '/', emptyPath: '/', ofSheaf: ['/_middleware', '/'] },
];

interface Samples {
  /** Of a new instance, from its start to the end of the answer, in milliseconds. */
  first: number[];
  /** Processor time of the new instances up to there, in milliseconds. */
  processor: number[];
  /** Of an instance that has answered before. */
  warm: number[];
}

/** Prints the size of each function, and how long its first and its later answers take, beside an empty app. */
async function main(): Promise<void> {
  const cleanup = new Cleanup();
  try {
    const tools = await provideTools();
    const services = await startServices(cleanup);
    const logFile = join(await makeFolder(cleanup), 'functions.log');
    const start = (project: string, build: ServerlessBuild, variables: Record<string, string>) =>
      deploy({ project, build, tools, port: 0, variables, instances: 1, logFile, cleanup });

    const emptyApp = join(tmpdir(), 'sheaf-empty-app');
    await writeEmptyApp(emptyApp);
    await symlink(join(ROOT, 'node_modules'), join(emptyApp, 'node_modules'));
    const emptyBuild = await findOrBuild({ project: emptyApp, tools, variables: async () => ({}) });
    const empty = await start(emptyApp, emptyBuild, {});
    const build = await findOrBuild({ project: ROOT, tools, variables: services.buildVariables });
    const sheaf = await start(ROOT, build, services.variables('http://localhost'));

    console.log(
      renderTable(['function', 'files', 'MB'], [...sizes('empty app', empty), ...sizes('Sheaf', sheaf)]),
    );
    const slug = await createPaste(sheaf.port);
    const rows: string[][] = [];
    for (const { path, emptyPath, ofSheaf } of CASES) {
      const floor = newSamples();
      const measured = newSamples();
      // In turn, so that what slows down the machine slows down both.
      for (let round = 0; round < ROUNDS; round += 1) {
        await measure(empty, emptyPath, [emptyPath], floor);
        await measure(sheaf, path.replace('SLUG', slug), ofSheaf, measured);
      }
      rows.push(
        row(`empty app, ${emptyPath}`, floor, floor),
        row(`Sheaf, ${path}: ${ofSheaf.join(' and ')}`, measured, floor),
      );
    }
    const head = ['', 'first answer, ms', '× empty', 'processor, ms', '× empty', 'warm answer, ms'];
    console.log(`\n${renderTable(head, rows)}`);
  } finally {
    await cleanup.run();
  }
}

/** @returns its slug */
async function createPaste(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/pastes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ content: 'hello\n' }),
  });
  const { slug } = (await response.json()) as { slug?: string };
  if (slug === undefined) throw new Error(`Creating a paste answered ${response.status}.`);
  return slug;
}

function newSamples(): Samples {
  return { first: [], processor: [], warm: [] };
}

/** New instances of these functions, which answer at this path: their first answer, then warm ones. */
async function measure(
  { port, functions }: Deployment,
  path: string,
  outputPaths: readonly string[],
  samples: Samples,
): Promise<void> {
  const ask = async () => {
    const started = performance.now();
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}.`);
    return performance.now() - started;
  };
  // What is not to be measured is started.
  await ask();
  const measured = functions.filter(({ paths }) => outputPaths.some((one) => paths.includes(one)));
  for (const { instances } of measured) await instances.stop();
  samples.first.push(await ask());
  const processes = await Promise.all(measured.map(({ instances }) => instances.processIds()));
  samples.processor.push(await readProcessorMs(processes.flat()));
  const warm: number[] = [];
  for (let n = 0; n < WARM_REQUESTS; n += 1) warm.push(await ask());
  samples.warm.push(median(warm));
}

function row(name: string, { first, processor, warm }: Samples, floor: Samples): string[] {
  const figures = [
    formatSummary(summarize(first), 0),
    formatNumber(median(first) / median(floor.first), 2),
    formatSummary(summarize(processor), 0),
    formatNumber(median(processor) / median(floor.processor), 2),
    formatSummary(summarize(warm), 1),
  ];
  return [name, ...figures];
}

function sizes(app: string, { functions }: Deployment): string[][] {
  return functions.map(({ run, paths, code }) => [
    `${app}: \`${run.name}\` and ${paths.length - 1} other paths`,
    String(code.files),
    formatNumber(code.bytes / 1e6, 1),
  ]);
}

await main();
