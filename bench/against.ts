import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { findChromiums } from '../e2e/support/chromium';
import { createSample, type Sample } from './bench';
import { CASES, type Case } from './cases';
import { loadPage, type PageLoad } from './cold-page';
import type { Scale } from './options';
import { renderTable, type Section, type Verdict } from './report';
import { createPaste, readTypescript } from './samples';
import { type SheafProcess, startSheaf } from './sheaf-process';
import { measureRound, type Round } from './speed';
import { formatSummary, median, ratiosTo, summarize } from './statistics';

const NAMES = ['raw', 'page', 'page-member', 'page-owner', 'create', 'metadata'];
const LARGE_BYTES = 1_000_000;
const LARGE = '1 MB of TypeScript';
const LIMITS = { ratio: 0.9, task: 100 };
const PAGE_FIGURES: readonly { key: keyof PageLoad; title: string }[] = [
  { key: 'bytes', title: 'bytes' },
  { key: 'requests', title: 'requests' },
  { key: 'visible', title: 'text visible, ms' },
  { key: 'longest', title: 'longest task, ms' },
];

interface Version {
  name: 'before' | 'after';
  sheaf: SheafProcess;
  sample: Sample;
}

/** What was measured of both versions, in each round. */
export interface Comparison {
  title: string;
  digits: number;
  before: number[];
  after: number[];
}

/** Throws with one sentence if there is no build of a version in this folder. */
export function assertBuilt(folder: string): void {
  if (existsSync(join(folder, '.next/BUILD_ID'))) return;
  throw new Error(`There is no build in ${folder}: run npm ci && npm run build there first.`);
}

/**
 * Measures another version (before) and this one (after) in turns.
 * @param folder a checkout of the other version that has been built; it must answer the same requests
 */
export async function measureAgainst(folder: string, scale: Scale): Promise<Section> {
  const versions: Version[] = [];
  const [launchOptions] = findChromiums();
  const browser = await chromium.launch(launchOptions);
  try {
    versions.push(await startVersion('before', folder));
    versions.push(await startVersion('after'));
    const comparisons = await compare(versions, { browser, scale });
    return describe(comparisons);
  } finally {
    await browser.close();
    await Promise.all(versions.map(({ sheaf }) => sheaf.stop()));
  }
}

async function startVersion(name: Version['name'], root?: string): Promise<Version> {
  const sheaf = await startSheaf({ TRUSTED_PROXIES: '127.0.0.1' }, root === undefined ? {} : { root });
  try {
    return { name, sheaf, sample: await createSample(sheaf) };
  } catch (error) {
    await sheaf.stop();
    throw error;
  }
}

async function compare(
  versions: readonly Version[],
  { browser, scale }: { browser: Browser; scale: Scale },
): Promise<Comparison[]> {
  const comparisons = new Map<string, Comparison>();
  const note: Note = ({ name }, { title, value, digits = 0 }) => {
    const comparison = comparisons.get(title) ?? { title, digits, before: [], after: [] };
    comparison[name].push(value);
    comparisons.set(title, comparison);
  };
  const cases = NAMES.flatMap((name) => CASES[name] ?? []);
  if (scale.warmUp > 0) {
    for (const subject of cases) for (const one of versions) await measureCase(subject, one, scale.warmUp);
  }
  for (let n = 0; n < scale.rounds; n += 1) {
    for (const subject of cases) {
      for (const version of inTurn(versions, n)) {
        const { rate, server } = await measureCase(subject, version, scale.round);
        note(version, { title: `${subject.title}: requests/s`, value: rate });
        note(version, { title: `${subject.title}: CPU, ms/request`, value: server, digits: 2 });
      }
    }
  }
  await comparePages(versions, { browser, note, rounds: scale.rounds ** 2 });
  return [...comparisons.values()];
}

type Note = (version: Version, figure: { title: string; value: number; digits?: number }) => void;

/** What is measured second finds the machine as the first has left it: the order changes. */
function inTurn(versions: readonly Version[], round: number): readonly Version[] {
  return round % 2 === 0 ? versions : versions.toReversed();
}

function measureCase(subject: Case, { sheaf, sample }: Version, seconds: number): Promise<Round> {
  return measureRound(subject, { sample, origin: sheaf.url, roots: [sheaf.pid], seconds });
}

async function comparePages(
  versions: readonly Version[],
  { browser, note, rounds }: { browser: Browser; note: Note; rounds: number },
): Promise<void> {
  const text = await readTypescript(LARGE_BYTES);
  const measure = async (page: string, version: Version, slug: string) => {
    const load = await loadPage(browser, { url: `${version.sheaf.url}/${slug}`, text: '.code-text' });
    for (const { key, title } of PAGE_FIGURES)
      note(version, { title: `${page}: ${title}`, value: load[key] });
  };
  for (let n = 0; n < rounds; n += 1) {
    for (const version of inTurn(versions, n)) await measure('cold page', version, version.sample.slug);
    for (const version of inTurn(versions, n)) {
      const slug = await createPaste(version.sheaf.url, { content: `// ${n}\n${text}` });
      for (const page of [LARGE, `${LARGE}, opened before`]) await measure(page, version, slug);
    }
  }
}

function describe(comparisons: readonly Comparison[]): Section {
  const rows = comparisons.map(({ title, digits, before, after }) => [
    title,
    formatSummary(summarize(before), digits),
    formatSummary(summarize(after), digits),
    formatSummary(summarize(ratiosTo(before, after)), 2),
  ]);
  return {
    title: 'Before and after',
    text: renderTable(['', 'before', 'after', 'ratio'], rows),
    verdicts: judge(comparisons),
  };
}

/** Which targets are met of those that the text of 1 MB has. */
export function judge(comparisons: readonly Comparison[]): Verdict[] {
  const of = (figure: string) => comparisons.find(({ title }) => title === `${LARGE}: ${figure}`);
  const visible = of('text visible, ms');
  const ratios = ratiosTo(visible?.before ?? [], visible?.after ?? []);
  const tasks = of('longest task, ms')?.after ?? [];
  return [
    {
      target: `${LARGE}: text visible in at most ${LIMITS.ratio} × the time of the other version`,
      measured: formatSummary(summarize(ratios), 2),
      isMet: median(ratios) <= LIMITS.ratio,
    },
    {
      target: `${LARGE}: longest task at most ${LIMITS.task} ms`,
      measured: `${formatSummary(summarize(tasks), 0)} ms`,
      isMet: median(tasks) <= LIMITS.task,
    },
  ];
}
