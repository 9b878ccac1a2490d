import type { Bench, Sample } from './bench';
import { CASES, type Case, FLOORS, type FloorName } from './cases';
import { type EmptyApp, startEmptyApp } from './empty-app';
import { sendLoad } from './load';
import { readProcessorMs } from './processor-time';
import { renderTable, type Section, type Verdict } from './report';
import { startFloors } from './start-floors';
import { formatSummary, ratiosTo, type Summary, summarize } from './statistics';

/** What answers the requests of a case: its address, and the process above all that answer. */
interface Server {
  origin: string;
  pid: number;
}

/** What one round of a case gave. */
export interface Round {
  /** Requests a second. */
  rate: number;
  failed: number;
  p99: number;
  /** Milliseconds of processor time for a request: of all processes that answer, and of the generator. */
  server: number;
  generator: number;
}

interface Measured {
  name: string;
  subject: Case;
  rounds: Round[];
}

/** How many requests a second the project wants to reach, as a share of a floor. */
interface Target {
  name: string;
  floor: FloorName;
  least: number;
}

const TARGETS: readonly Target[] = [
  { name: 'raw', floor: 'select', least: 1 },
  { name: 'metadata', floor: 'select', least: 0.6 },
  { name: 'page', floor: 'select', least: 0.4 },
  { name: 'page-member', floor: 'select', least: 0.3 },
  { name: 'page-owner', floor: 'empty-page', least: 0.5 },
  { name: 'create', floor: 'durable', least: 0.5 },
  { name: 'create', floor: 'insert', least: 0.35 },
];

const RAW_P99_MS = 50;

/** Requests a second of the chosen cases and of their floors, all in turns in each round. */
export async function measureSpeed(bench: Bench, chosen: readonly string[]): Promise<Section> {
  const needed = ['bare', ...chosen, ...chosen.flatMap((name) => CASES[name]?.floors ?? [])];
  const measured: Measured[] = Object.entries<Case>({ ...FLOORS, ...CASES })
    .filter(([name]) => needed.includes(name))
    .map(([name, subject]) => ({ name, subject, rounds: [] }));
  const { warmUp, rounds, round } = bench.scale;
  const floors = await startFloors(bench.sheaf);
  let emptyApp: EmptyApp | undefined;
  try {
    const { url: origin, pid } = bench.sheaf;
    const servers = new Map<Case['server'], Server>([
      ['sheaf', { origin, pid }],
      ['floor', floors],
    ]);
    if (needed.includes('empty-page')) {
      emptyApp = await startEmptyApp();
      servers.set('empty-app', emptyApp);
    }
    // Postgres belongs to Sheaf and works for all; those that are not asked use next to nothing.
    const roots = [...servers.values()].map((server) => server.pid);
    const measure = (subject: Case, seconds: number) => {
      const server = servers.get(subject.server)?.origin ?? '';
      return measureRound(subject, { sample: bench.sample, origin: server, roots, seconds });
    };
    if (warmUp > 0) for (const { subject } of measured) await measure(subject, warmUp);
    for (let n = 0; n < rounds; n += 1) {
      for (const { subject, rounds } of measured) rounds.push(await measure(subject, round));
    }
  } finally {
    await Promise.all([floors.stop(), emptyApp?.stop()]);
  }
  const head = ['case', 'connections', 'requests/s', 'ratio', 'p99, ms', 'CPU, ms/request', 'generator, ms'];
  const table = renderTable(
    head,
    measured.map((one) => describe(one, measured)),
  );
  return {
    title: 'Speed',
    text: [table, ...listFailures(measured)].join('\n\n'),
    verdicts: [...TARGETS.flatMap((target) => judge(target, measured)), ...judgeLatency(measured)],
  };
}

/** Sends the requests of a case for some seconds; 0 are one request on each connection. */
export async function measureRound(
  { request, connections, title }: Case,
  options: {
    sample: Sample;
    origin: string;
    /** The processes whose processor time counts, with all below them. */
    roots: readonly number[];
    seconds: number;
  },
): Promise<Round> {
  const { sample, origin, roots, seconds } = options;
  const before = { server: await readProcessorMs(roots), generator: process.cpuUsage() };
  const requests = [request(sample)];
  const result = await sendLoad({ origin, requests, connections, seconds });
  const { user, system } = process.cpuUsage(before.generator);
  const used = (await readProcessorMs(roots)) - before.server;
  // Waits for the requests that were under way at the end, which would slow down the next case.
  await sendLoad({ origin, requests, connections: 1, seconds: 0 });
  const { answered, failed, p99 } = result;
  if (answered === 0 && failed > 0) throw new Error(`${title}: all of ${failed} requests failed.`);
  return {
    rate: answered / result.seconds,
    failed,
    p99,
    server: used / answered,
    generator: (user + system) / 1_000 / answered,
  };
}

function describe({ name, subject, rounds }: Measured, measured: readonly Measured[]): string[] {
  const show = (figure: keyof Round, digits: number) => {
    return formatSummary(summarize(rounds.map((round) => round[figure])), digits);
  };
  const ratios = subject.floors.map((floor) => {
    return `${formatSummary(ratioOf(measured, name, floor), 2)} × ${FLOORS[floor].title}`;
  });
  return [
    subject.title,
    String(subject.connections),
    show('rate', 0),
    ratios.join(', ') || '–',
    show('p99', 0),
    show('server', 2),
    show('generator', 2),
  ];
}

function listFailures(measured: readonly Measured[]): string[] {
  return measured.flatMap(({ subject, rounds }) => {
    const failed = rounds.reduce((sum, round) => sum + round.failed, 0);
    return failed === 0 ? [] : [`${subject.title}: ${failed} requests failed.`];
  });
}

function judge({ name, floor, least }: Target, measured: readonly Measured[]): Verdict[] {
  const subject = measured.find((one) => one.name === name)?.subject;
  if (!subject) return [];
  const ratio = ratioOf(measured, name, floor);
  return [
    {
      target: `${subject.title}: at least ${least} × ${FLOORS[floor].title}`,
      measured: formatSummary(ratio, 2),
      isMet: ratio.median >= least,
    },
  ];
}

function judgeLatency(measured: readonly Measured[]): Verdict[] {
  return measured
    .filter(({ name }) => name === 'raw')
    .map(({ subject, rounds }) => {
      const p99 = summarize(rounds.map((round) => round.p99));
      return {
        target: `${subject.title} at saturation: 99 % of the responses within ${RAW_P99_MS} ms`,
        measured: `${formatSummary(p99, 0)} ms`,
        isMet: p99.max <= RAW_P99_MS,
      };
    });
}

function ratioOf(measured: readonly Measured[], name: string, floor: FloorName): Summary {
  const rates = (wanted: string) => {
    return measured.find((one) => one.name === wanted)?.rounds.map(({ rate }) => rate) ?? [];
  };
  return summarize(ratiosTo(rates(floor), rates(name)));
}
