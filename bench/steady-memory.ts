import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench';
import { sendLoad } from './load';
import { listProcesses, type ProcessMemory, readEachPss } from './memory';
import { renderTable, type Section } from './report';
import { createPaste, textOf } from './samples';
import type { SheafProcess } from './sheaf-process';
import { formatNumber, median } from './statistics';
import { createGuestPastes, steadyRequests } from './steady-load';

const MB = 1_000_000;
const CONNECTIONS = 32;
/** Requests a second: a third of what two processors can do, so that no request waits for long. */
const RATE = 160;
const LOOK_EVERY_MS = 2_000;
const MAX_RATIO = 1.1;
const QUARTERS = [1, 2, 3, 4];
const GUEST_PASTES = 4 * CONNECTIONS;
/** Together more than the caches of bodies and of markup hold. */
const FILLING = { pastes: 36, text: textOf(MB) };

/** Memory of all processes while requests come at the same rate for minutes: whether it grows once it is warm. */
export async function measureSteadyMemory({ sheaf, sample, scale }: Bench): Promise<Section> {
  await sheaf.restart();
  await fillCaches(sheaf, scale.steady === 0 ? 1 : FILLING.pastes);
  const requests = steadyRequests(sample, await createGuestPastes(sheaf.url, GUEST_PASTES));
  let hasEnded = false;
  const load = sendLoad({
    origin: sheaf.url,
    requests,
    connections: CONNECTIONS,
    seconds: scale.steady,
    rate: RATE,
  }).finally(() => {
    hasEnded = true;
  });
  const samples: ProcessMemory[][] = [];
  const watching = (async () => {
    while (!hasEnded || samples.length < QUARTERS.length) {
      samples.push(readEachPss(listProcesses(sheaf)));
      if (!hasEnded) await sleep(LOOK_EVERY_MS);
    }
  })();
  const [{ answered, failed }] = await Promise.all([load, watching]);
  const { rows, before, after } = compareQuarters(samples);
  const ratio = after / before;
  const head = ['', ...QUARTERS.map((quarter) => `quarter ${quarter}, MB`), 'growth, MB'];
  const note = `Medians of ${samples.length} looks; the growth is from the second quarter to the last. ${formatNumber(answered, 0)} requests, ${RATE} a second on ${CONNECTIONS} connections; ${failed} failed.`;
  return {
    title: 'Memory at a steady rate of requests (PSS of all processes)',
    text: `${renderTable(head, rows)}\n\n${note}`,
    verdicts: [
      {
        target: `memory, ${scale.steady} s of requests: at most ${MAX_RATIO} × in the last quarter of what it is in the second`,
        measured: `${formatNumber(ratio, 2)} × (${formatNumber(before, 0)} MB, ${formatNumber(after, 0)} MB), ${failed} requests failed`,
        isMet: failed === 0 && ratio <= MAX_RATIO,
      },
    ],
  };
}

/** Has large pastes read once, so that caches replace what they have from the beginning. */
async function fillCaches({ url }: SheafProcess, pastes: number): Promise<void> {
  for (let n = 0; n < pastes; n += 1) {
    const slug = await createPaste(url, { content: `// ${n}\n${FILLING.text}` });
    for (const path of [`/${slug}/raw`, `/${slug}`]) {
      const response = await fetch(`${url}${path}`);
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${path} failed: ${response.status}`);
    }
  }
}

/**
 * Medians of each quarter of the samples, in megabytes: of each process, all of Postgres counted as one, and of all
 * together. `before` is the second quarter of all together, `after` the last one.
 */
export function compareQuarters(samples: readonly ProcessMemory[][]): {
  rows: string[][];
  before: number;
  after: number;
} {
  const looks = samples.map(sumByProgram);
  const names = [...new Set(looks.flatMap((look) => [...look.keys()]))];
  const quartersOf = (megabytesOf: (look: ReadonlyMap<string, number>) => number) =>
    QUARTERS.map((quarter) => {
      const [from, to] = [quarter - 1, quarter].map((end) => Math.floor((looks.length * end) / 4));
      return median(looks.slice(from, to).map(megabytesOf));
    });
  const growthOf = ([, before = Number.NaN, , after = Number.NaN]: readonly number[]) => after - before;
  const all = quartersOf((look) => [...look.values()].reduce((sum, pss) => sum + pss, 0));
  const each = names
    .map((name) => ({ name, quarters: quartersOf((look) => look.get(name) ?? 0) }))
    .sort((one, other) => growthOf(other.quarters) - growthOf(one.quarters));
  const rows = [{ name: 'all processes', quarters: all }, ...each].map(({ name, quarters }) => [
    name,
    ...quarters.map((value) => formatNumber(value, 0)),
    formatNumber(growthOf(quarters), 1),
  ]);
  return { rows, before: all[1] ?? Number.NaN, after: all[3] ?? Number.NaN };
}

/** Connections of Postgres come and go: all its processes count as one. */
function sumByProgram(look: readonly ProcessMemory[]): Map<string, number> {
  const sums = new Map<string, number>();
  // One that has just ended has neither memory nor a name.
  for (const { name, pss } of look.filter((one) => one.pss > 0)) {
    const program = name.startsWith('postgres') ? 'postgres' : name;
    sums.set(program, (sums.get(program) ?? 0) + pss / MB);
  }
  return sums;
}
