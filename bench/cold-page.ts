import { type Browser, type CDPSession, chromium } from 'playwright';
import { findChromiums } from '../e2e/support/chromium';
import type { Bench } from './bench';
import { renderTable, type Section, type Verdict } from './report';
import { startFloors } from './start-floors';
import { formatSummary, ratiosTo, type Summary, summarize } from './statistics';

interface Conditions {
  title: string;
  /** Milliseconds of latency, and bytes a second in both directions. */
  network?: { latency: number; throughput: number };
  /** How many times slower the processor is. */
  slowdown: number;
}

const AS_IT_IS: Conditions = { title: 'as it is', slowdown: 1 };
const CONDITIONS: readonly Conditions[] = [
  AS_IT_IS,
  {
    title: '150 ms, 1.6 Mbit/s, CPU 4 × slower',
    network: { latency: 150, throughput: 1_600_000 / 8 },
    slowdown: 4,
  },
];

export interface PageLoad {
  bytes: number;
  /** What had arrived when the text was drawn. */
  bytesBefore: number;
  requests: number;
  /** Milliseconds until the frame with the text was drawn. */
  visible: number;
  /** Milliseconds of the longest task; 0 if none took 50 ms. */
  longest: number;
}

interface Page {
  title: string;
  url: string;
  /** The element with the text. */
  text: string;
  loads: PageLoad[];
}

/** The reading page of 2 KB in a browser that has never seen the site, and the same text without a page. */
export async function measureColdPage({ sheaf, sample, scale }: Bench): Promise<Section> {
  const [launchOptions] = findChromiums();
  const floors = await startFloors(sheaf);
  const browser = await chromium.launch(launchOptions);
  try {
    const rows: string[][] = [];
    const verdicts: Verdict[] = [];
    for (const conditions of CONDITIONS) {
      const plain = {
        title: 'text/plain of node:http',
        url: `${floors.origin}/bare`,
        text: 'pre',
        loads: [],
      };
      const reading = {
        title: 'reading page',
        url: `${sheaf.url}/${sample.slug}`,
        text: '.code-text',
        loads: [],
      };
      const pages: Page[] = [plain, reading];
      for (let n = 0; n < scale.rounds; n += 1) {
        for (const page of pages) page.loads.push(await loadPage(browser, page, conditions));
      }
      rows.push(...pages.map((page) => describePage(conditions, page)));
      verdicts.push(...judgePage(conditions, { reading, plain }));
    }
    const head = [
      'network',
      'page',
      'bytes',
      'before the text',
      'requests',
      'text visible, ms',
      'longest task, ms',
    ];
    const note = 'The longest task is 0 where none took 50 ms.';
    return { title: 'A cold page in Chromium', text: `${renderTable(head, rows)}\n\n${note}`, verdicts };
  } finally {
    await browser.close();
    await floors.stop();
  }
}

function describePage({ title }: Conditions, { title: page, loads }: Page): string[] {
  const of = (figure: keyof PageLoad) => formatSummary(summarize(loads.map((load) => load[figure])), 0);
  return [title, page, of('bytes'), of('bytesBefore'), of('requests'), of('visible'), of('longest')];
}

function judgePage(
  { network }: Conditions,
  { reading, plain }: Record<'reading' | 'plain', Page>,
): Verdict[] {
  const most = (target: string, value: Summary, limit: number, digits = 0): Verdict => ({
    target,
    measured: formatSummary(value, digits),
    isMet: value.median <= limit,
  });
  const of = (figure: keyof PageLoad) => summarize(reading.loads.map((load) => load[figure]));
  if (network) return [most('cold page, slow network and phone: text visible in 650 ms', of('visible'), 650)];
  const visible = (page: Page) => page.loads.map((load) => load.visible);
  return [
    most('cold page: at most 60 kB before the text is visible', of('bytesBefore'), 60_000),
    most('cold page: at most 100 kB in all', of('bytes'), 100_000),
    most('cold page: at most 6 requests', of('requests'), 6),
    most(
      'cold page: text visible within 1.5 × plain text',
      summarize(ratiosTo(visible(plain), visible(reading))),
      1.5,
      2,
    ),
  ];
}

/** Loads a page in a browser that has never seen the site. */
export async function loadPage(
  browser: Browser,
  { url, text }: Pick<Page, 'url' | 'text'>,
  conditions = AS_IT_IS,
): Promise<PageLoad> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await applyConditions(session, conditions);
  const load = { bytes: 0, bytesBefore: 0, requests: 0 };
  let begun = 0;
  session.on('Network.requestWillBeSent', ({ timestamp }) => {
    load.requests += 1;
    begun ||= timestamp;
  });
  const arrived: { at: number; bytes: number }[] = [];
  session.on('Network.loadingFinished', ({ encodedDataLength, timestamp }) => {
    load.bytes += encodedDataLength;
    arrived.push({ at: timestamp, bytes: encodedDataLength });
  });
  await page.addInitScript((selector) => {
    const seen = { visible: 0, longest: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: 'longtask', buffered: true });
    const timer = setInterval(() => {
      if (!document.querySelector(selector)?.getBoundingClientRect().height) return;
      clearInterval(timer);
      // The second frame begins when the first has been drawn.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          seen.visible = performance.now();
        }),
      );
    }, 5);
  }, text);
  await page.goto(url, { waitUntil: 'networkidle', timeout: 120_000 });
  const seen = await page.evaluate(
    () => (window as unknown as { seen: Omit<PageLoad, keyof typeof load> }).seen,
  );
  await context.close();
  if (seen.visible === 0) throw new Error('The text of the page did not become visible.');
  for (const { at, bytes } of arrived) {
    if ((at - begun) * 1_000 <= seen.visible) load.bytesBefore += bytes;
  }
  return { ...load, ...seen };
}

async function applyConditions(session: CDPSession, { network, slowdown }: Conditions): Promise<void> {
  await session.send('Network.enable');
  if (network !== undefined) {
    const { latency, throughput } = network;
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
}
