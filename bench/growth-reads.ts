import { setTimeout as sleep } from 'node:timers/promises';
import { renderTable, type Section } from './report';
import { createPaste, SMALL_TEXT } from './samples';
import { startSheaf } from './sheaf-process';
import { formatNumber, percentile } from './statistics';

const SEARCHERS = 12;
const READERS = 8;
/** Raw reads a second: few enough that they do not wait for each other. */
const RATE = 200;
const WARM_UP_SECONDS = 2;
const LIMIT_MS = 50;
/** After a response other than 200, also where `Retry-After` asks for longer. */
const PAUSE_MS = 1_000;
/** Without a hit: one that the search index finds soon, one for which it is given up. */
const SEARCHES = ['absent', 'port+rep'].map((words) => `/api/v1/pastes?q=${words}`);

/** What requests of one kind got. */
export interface Counts {
  /** How many responses had each status; 0 is none. */
  statuses: Map<number, number>;
  /** How many refusals did not say when to try again. */
  withoutRetryAfter: number;
  /** Milliseconds of each response with 200. */
  times: number[];
}

interface Situation {
  title: string;
  /** The client address of each search. */
  addresses: string[];
}

const searchers = (addressOf: (n: number) => string) =>
  Array.from({ length: SEARCHERS }, (_, n) => addressOf(n + 1));

const SITUATIONS: readonly Situation[] = [
  { title: 'no searches', addresses: [] },
  { title: `${SEARCHERS} searches of one client`, addresses: searchers(() => '198.51.100.1') },
  { title: `${SEARCHERS} searches of ${SEARCHERS} clients`, addresses: searchers((n) => `198.51.100.${n}`) },
];

/**
 * Raw reads of some clients while others search, as `npm start` serves them from a database with many pastes.
 * @param options.seconds of each situation; 0 sends one request on each connection.
 */
export async function measureReadsDuringSearches(
  databaseUrl: string,
  { size, seconds }: { size: number; seconds: number },
): Promise<Section> {
  const variables = { TRUSTED_PROXIES: '127.0.0.1', SWEEP_INTERVAL_SECONDS: '0', DATABASE_URL: databaseUrl };
  const sheaf = await startSheaf(variables);
  try {
    const slug = await createPaste(sheaf.url, { content: SMALL_TEXT });
    const target = { origin: sheaf.url, slug };
    if (seconds > 0)
      await measureSituation({ title: '', addresses: [] }, { ...target, seconds: WARM_UP_SECONDS });
    const results: Result[] = [];
    for (const situation of SITUATIONS) {
      results.push(await measureSituation(situation, { ...target, seconds }));
    }
    return describe(results, { size, seconds });
  } finally {
    await sheaf.stop();
  }
}

interface Result {
  title: string;
  reads: Counts;
  searches: Counts;
}

async function measureSituation(
  { title, addresses }: Situation,
  { origin, slug, seconds }: { origin: string; slug: string; seconds: number },
): Promise<Result> {
  const [reads, searches] = [createCounts(), createCounts()];
  const end = performance.now() + seconds * 1_000;
  const hasEnded = () => performance.now() >= end;
  const everyMs = (1_000 * READERS) / RATE;
  const reading = Array.from({ length: READERS }, async (_, n) => {
    // In turns, not all at the same moment.
    await sleep((n * everyMs) / READERS);
    const paths = [`/${slug}/raw`];
    await sendUntil(hasEnded, { origin, paths, address: `192.0.2.${n + 1}`, everyMs, counts: reads });
  });
  const searching = addresses.map((address, n) => {
    const paths = n % 2 === 0 ? SEARCHES : SEARCHES.toReversed();
    return sendUntil(hasEnded, { origin, paths, address, everyMs: 0, counts: searches });
  });
  await Promise.all([...reading, ...searching]);
  return { title, reads, searches };
}

export function createCounts(): Counts {
  return { statuses: new Map(), withoutRetryAfter: 0, times: [] };
}

/**
 * Sends one request after the other, and at least one, with a response or `everyMs` between them. What is refused is
 * followed by a pause.
 */
export async function sendUntil(
  hasEnded: () => boolean,
  options: { origin: string; paths: readonly string[]; address: string; everyMs: number; counts: Counts },
): Promise<void> {
  const { origin, paths, address, everyMs, counts } = options;
  const headers = { 'X-Forwarded-For': address };
  for (let n = 0; n === 0 || !hasEnded(); n += 1) {
    const begun = performance.now();
    const response = await fetch(`${origin}${paths[n % paths.length]}`, { headers }).catch(() => null);
    await response?.arrayBuffer();
    const time = performance.now() - begun;
    const status = response?.status ?? 0;
    counts.statuses.set(status, (counts.statuses.get(status) ?? 0) + 1);
    if (status === 200) counts.times.push(time);
    else if (!response?.headers.has('Retry-After')) counts.withoutRetryAfter += 1;
    const rest = status === 200 ? everyMs - time : PAUSE_MS;
    if (rest > 0 && !hasEnded()) await sleep(rest);
  }
}

function describe(results: readonly Result[], { size, seconds }: { size: number; seconds: number }): Section {
  const rows = results.map(({ title, reads, searches }) => [
    title,
    formatNumber(reads.times.length, 0),
    ...[0.5, 0.95, 0.99].map((share) => formatNumber(percentile(reads.times, share), 1)),
    formatNumber(countRefused(reads), 0),
    ...[200, 503, 429].map((status) => formatNumber(searches.statuses.get(status) ?? 0, 0)),
    formatNumber(percentile(searches.times, 0.5), 0),
  ]);
  const head = ['', 'raw reads', 'p50, ms', 'p95, ms', 'p99, ms', 'failed'];
  const ofSearches = ['searches: 200', '503', '429', 'p50, ms'];
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  const slowest = Math.max(...results.slice(1).map(({ reads }) => percentile(reads.times, 0.95)));
  const failed = sum(results.map(({ reads }) => countRefused(reads)));
  const refused = sum(results.map(({ searches }) => countRefused(searches)));
  const unannounced = sum(results.map(({ searches }) => searches.withoutRetryAfter));
  const statuses = results.flatMap(({ searches }) => [...searches.statuses.keys()]);
  const pastes = `${SEARCHERS} parallel searches of ${formatNumber(size, 0)} pastes`;
  const note = [
    `\`npm start\` on the database with ${formatNumber(size, 0)} pastes: ${RATE} raw reads a second of a paste of 2 KB on`,
    `${READERS} connections, ${seconds} s each, alone and while ${SEARCHERS} searches at a time are sent. They find nothing: one half`,
    'has a word of no paste, the other two parts of a common word, for which the search index is given up. None is',
    'refused for their number: `RATE_LIMIT_SCALE` is as in `npm run bench`.',
  ].join('\n');
  return {
    title: 'Raw reads during searches',
    text: `${note}\n\n${renderTable([...head, ...ofSearches], rows)}`,
    verdicts: [
      {
        target: `${pastes}: 95 % of the raw reads within ${LIMIT_MS} ms, none fails`,
        measured: `${formatNumber(slowest, 1)} ms, ${failed} failed`,
        isMet: slowest < LIMIT_MS && failed === 0,
      },
      {
        target: `${pastes}: each answered, or refused as 429 or 503 with Retry-After`,
        measured: `${refused} refused, ${unannounced} without Retry-After`,
        isMet: unannounced === 0 && statuses.every((status) => [200, 429, 503].includes(status)),
      },
    ],
  };
}

function countRefused({ statuses }: Counts): number {
  return [...statuses].reduce((sum, [status, count]) => (status === 200 ? sum : sum + count), 0);
}
