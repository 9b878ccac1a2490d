import type { Bench } from './bench';
import { CASES, type Case, FLOORS, type FloorName } from './cases';
import { sendLoad } from './load';
import { readProcessorMs } from './processor-time';
import { renderTable, type Section, type Verdict } from './report';
import { type FloorServer, startFloors } from './start-floors';
import { formatSummary, ratiosTo, type Summary, summarize } from './statistics';

/** What one round of a case gave. */
interface Round {
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

/** Requests a second of the chosen cases and of their floors, all in turns in each round. */
export async function measureSpeed(bench: Bench, chosen: readonly string[]): Promise<Section> {
  const needed = ['bare', ...chosen, ...chosen.flatMap((name) => CASES[name]?.floors ?? [])];
  const measured: Measured[] = Object.entries<Case>({ ...FLOORS, ...CASES })
    .filter(([name]) => needed.includes(name))
    .map(([name, subject]) => ({ name, subject, rounds: [] }));
  const { warmUp, rounds, round } = bench.scale;
  const floors = await startFloors(bench.sheaf);
  try {
    if (warmUp > 0) {
      for (const { subject } of measured) await measureRound(bench, { floors, subject, seconds: warmUp });
    }
    for (let n = 0; n < rounds; n += 1) {
      for (const { subject, rounds } of measured) {
        rounds.push(await measureRound(bench, { floors, subject, seconds: round }));
      }
    }
  } finally {
    await floors.stop();
  }
  const head = ['case', 'connections', 'requests/s', 'ratio', 'p99, ms', 'CPU, ms/request', 'generator, ms'];
  const table = renderTable(
    head,
    measured.map((one) => describe(one, measured)),
  );
  return {
    title: 'Speed',
    text: [table, ...listFailures(measured)].join('\n\n'),
    verdicts: judgeCreates(measured),
  };
}

async function measureRound(
  { sheaf, sample }: Bench,
  { floors, subject, seconds }: { floors: FloorServer; subject: Case; seconds: number },
): Promise<Round> {
  const { server, request, connections, title } = subject;
  const origin = server === 'sheaf' ? sheaf.url : floors.origin;
  // Postgres belongs to Sheaf and works for both; the one that is not asked uses next to nothing.
  const roots = [sheaf.pid, floors.pid];
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

function judgeCreates(measured: readonly Measured[]): Verdict[] {
  if (!measured.some(({ name }) => name === 'create')) return [];
  const targets: [FloorName, number][] = [
    ['durable', 0.5],
    ['insert', 0.35],
  ];
  return targets.map(([floor, least]) => {
    const ratio = ratioOf(measured, 'create', floor);
    return {
      target: `creates of 2 KB: at least ${least} × ${FLOORS[floor].title}`,
      measured: formatSummary(ratio, 2),
      isMet: ratio.median >= least,
    };
  });
}

function ratioOf(measured: readonly Measured[], name: string, floor: FloorName): Summary {
  const rates = (wanted: string) => {
    return measured.find((one) => one.name === wanted)?.rounds.map(({ rate }) => rate) ?? [];
  };
  return summarize(ratiosTo(rates(floor), rates(name)));
}
