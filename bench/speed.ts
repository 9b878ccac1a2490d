import type { Bench } from './bench';
import { CASES, FLOORS, type FloorName } from './cases';
import { sendLoad } from './load';
import { readProcessorMs } from './processor-time';
import { renderTable, type Section, type Verdict } from './report';
import { type FloorServer, startFloors } from './start-floors';
import { formatSummary, ratiosTo, type Summary, summarize } from './statistics';

const ALL = { ...FLOORS, ...CASES };

/** What one round of a case gave. */
interface Round {
  /** Requests a second. */
  rate: number;
  p99: number;
  /** Milliseconds of processor time for a request: of all processes that answer, and of the generator. */
  server: number;
  generator: number;
}

type Rounds = Record<string, Round[]>;

/** Requests a second of the chosen cases and of their floors, all in turns in each round. */
export async function measureSpeed(bench: Bench, chosen: readonly string[]): Promise<Section> {
  const needed = new Set<string>(chosen.flatMap((name) => CASES[name]?.floors ?? []));
  const names = Object.keys(ALL).filter(
    (name) => name === 'bare' || needed.has(name) || chosen.includes(name),
  );
  const floors = await startFloors(bench.sheaf);
  try {
    const { warmUp, rounds, round } = bench.scale;
    const measured: Rounds = Object.fromEntries(names.map((name) => [name, []]));
    if (warmUp > 0) for (const name of names) await measureRound(bench, { floors, name, seconds: warmUp });
    for (let n = 0; n < rounds; n += 1) {
      for (const name of names) {
        measured[name]?.push(await measureRound(bench, { floors, name, seconds: round }));
      }
    }
    return describe(measured);
  } finally {
    await floors.stop();
  }
}

async function measureRound(
  { sheaf, sample }: Bench,
  { floors, name, seconds }: { floors: FloorServer; name: string; seconds: number },
): Promise<Round> {
  const { server, request, connections, title } = caseOf(name);
  const origin = server === 'sheaf' ? sheaf.url : floors.origin;
  // Postgres belongs to Sheaf and works for both; the one that is not asked uses next to nothing.
  const roots = [sheaf.pid(), floors.pid];
  const before = { server: await readProcessorMs(roots), generator: process.cpuUsage() };
  const result = await sendLoad({ origin, requests: [request(sample)], connections, seconds });
  const { user, system } = process.cpuUsage(before.generator);
  const used = (await readProcessorMs(roots)) - before.server;
  if (result.failed > 0) throw new Error(`${title}: ${result.failed} requests failed.`);
  return {
    rate: result.answered / result.seconds,
    p99: result.p99,
    server: used / result.answered,
    generator: (user + system) / 1_000 / result.answered,
  };
}

function describe(measured: Rounds): Section {
  const rows = Object.entries(measured).map(([name, rounds]) => {
    const { title, connections, floors } = caseOf(name);
    const of = (figure: keyof Round) => summarize(rounds.map((round) => round[figure]));
    const ratios = floors.map((floor) => {
      return `${formatSummary(ratioOf(measured, name, floor), 2)} × ${FLOORS[floor].title}`;
    });
    return [
      title,
      String(connections),
      formatSummary(of('rate'), 0),
      ratios.join(', ') || '–',
      formatSummary(of('p99'), 0),
      formatSummary(of('server'), 2),
      formatSummary(of('generator'), 2),
    ];
  });
  const head = ['case', 'connections', 'requests/s', 'ratio', 'p99, ms', 'CPU, ms/request', 'generator, ms'];
  return { title: 'Speed', text: renderTable(head, rows), verdicts: judgeCreates(measured) };
}

function judgeCreates(measured: Rounds): Verdict[] {
  if (measured.create === undefined) return [];
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

function ratioOf(measured: Rounds, name: string, floor: FloorName): Summary {
  const rates = (one: string) => (measured[one] ?? []).map(({ rate }) => rate);
  return summarize(ratiosTo(rates(floor), rates(name)));
}

function caseOf(name: string) {
  const found = (ALL as Readonly<Record<string, (typeof CASES)[string]>>)[name];
  if (found === undefined) throw new Error(`There is no case ${name}.`);
  return found;
}
