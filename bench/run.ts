import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertBuilt, measureAgainst } from './against';
import { createSample, type Part } from './bench';
import { CASES } from './cases';
import { measureColdPage } from './cold-page';
import { describeRun } from './facts';
import { measureGrowth } from './growth';
import { measureHighlighting } from './highlighting';
import { measureMemory } from './memory-under-load';
import { type Options, parseOptions, SCALES } from './options';
import { renderReport, type Section, saveReport } from './report';
import { measureSaturation } from './saturation';
import { startSheaf } from './sheaf-process';
import { measureSpeed } from './speed';
import { measureStartUp } from './start-up';
import { measureSteadyMemory } from './steady-memory';

const FOLDER = fileURLToPath(new URL('../docs/bench', import.meta.url));

const SHORT_GROWTH = {
  quick: { sizes: [1_000, 100_000], readSeconds: 5 },
  smoke: { sizes: [1_000], readSeconds: 0 },
};

const PARTS: readonly Part[] = [
  { name: 'cold-page', measure: measureColdPage },
  { name: 'highlighting', measure: measureHighlighting },
  { name: 'saturation', measure: measureSaturation },
  { name: 'start', measure: measureStartUp },
  { name: 'memory', measure: measureMemory },
  { name: 'steady', measure: measureSteadyMemory },
];

/**
 * Measures the product as `npm start` runs it, on an instance of its own, against floors in the same run. A run
 * without names of parts also writes its report to docs/bench.
 */
async function main({ names, scale, isComplete }: Options): Promise<void> {
  const facts = await describeRun(SCALES[scale]);
  // The proxy is this process, which gives each connection an address.
  const sheaf = await startSheaf({ TRUSTED_PROXIES: '127.0.0.1' });
  try {
    const bench = { sheaf, sample: await createSample(sheaf), scale: SCALES[scale] };
    const sections: Section[] = [];
    const cases = names.filter((name) => Object.hasOwn(CASES, name));
    const speed: Part = { name: 'speed', measure: () => measureSpeed(bench, cases) };
    const parts = PARTS.filter(({ name }) => names.includes(name));
    for (const part of cases.length === 0 ? parts : [speed, ...parts]) {
      console.error(`Measuring: ${part.name}`);
      sections.push(await part.measure(bench));
    }
    const report = { title: `Benchmark with Node ${process.versions.node}`, facts, sections };
    console.log(renderReport(report));
    if (isComplete && scale === 'full') console.log(`Written to ${await saveReport(FOLDER, report)}`);
  } finally {
    await sheaf.stop();
  }
}

async function runGrowth(scale: Options['scale']): Promise<void> {
  const isMet = await measureGrowth(scale === 'full' ? {} : SHORT_GROWTH[scale]);
  process.exitCode = isMet ? 0 : 1;
}

async function runAgainst(folder: string, scale: Options['scale']): Promise<void> {
  const facts = await describeRun(SCALES[scale], folder);
  const sections = [await measureAgainst(folder, SCALES[scale])];
  console.log(renderReport({ title: `Comparison with Node ${process.versions.node}`, facts, sections }));
}

function readOptions(args: readonly string[]): Options {
  try {
    const options = parseOptions(args, [...Object.keys(CASES), ...PARTS.map(({ name }) => name)]);
    if (options.instead && 'against' in options.instead) assertBuilt(options.instead.against);
    return options;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

const options = readOptions(process.argv.slice(2));
if (options.instead === undefined) await main(options);
else if ('growth' in options.instead) await runGrowth(options.scale);
else await runAgainst(resolve(options.instead.against), options.scale);
