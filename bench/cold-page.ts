import { type Browser, type CDPSession, chromium } from 'playwright';
import { findChromiums } from '../e2e/support/chromium';
import type { Bench } from './bench';
import { renderTable, type Section } from './report';
import { formatSummary, summarize } from './statistics';

interface Conditions {
  title: string;
  /** Milliseconds of latency, and bytes a second in both directions. */
  network?: { latency: number; throughput: number };
  /** How many times slower the processor is. */
  slowdown: number;
}

const CONDITIONS: readonly Conditions[] = [
  { title: 'as it is', slowdown: 1 },
  {
    title: '150 ms, 1.6 Mbit/s, CPU 4 × slower',
    network: { latency: 150, throughput: 1_600_000 / 8 },
    slowdown: 4,
  },
];

interface Load {
  bytes: number;
  requests: number;
  /** Milliseconds until the frame with the text was drawn. */
  visible: number;
  /** Milliseconds of the longest task; 0 if none took 50 ms. */
  longest: number;
}

/** The reading page of 2 KB in a browser that has never seen the site. */
export async function measureColdPage({ sheaf, sample, scale }: Bench): Promise<Section> {
  const [launchOptions] = findChromiums();
  const browser = await chromium.launch(launchOptions);
  try {
    const rows: string[][] = [];
    for (const conditions of CONDITIONS) {
      const loads: Load[] = [];
      for (let n = 0; n < scale.rounds; n += 1) {
        loads.push(await loadPage(browser, `${sheaf.url}/${sample.slug}`, conditions));
      }
      const of = (figure: keyof Load) => formatSummary(summarize(loads.map((load) => load[figure])), 0);
      rows.push([conditions.title, of('bytes'), of('requests'), of('visible'), of('longest')]);
    }
    const head = ['network', 'bytes', 'requests', 'text visible, ms', 'longest task, ms'];
    const note = 'The longest task is 0 where none took 50 ms.';
    return { title: 'A cold page in Chromium', text: `${renderTable(head, rows)}\n\n${note}`, verdicts: [] };
  } finally {
    await browser.close();
  }
}

async function loadPage(browser: Browser, url: string, conditions: Conditions): Promise<Load> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await applyConditions(session, conditions);
  const load = { bytes: 0, requests: 0 };
  session.on('Network.requestWillBeSent', () => {
    load.requests += 1;
  });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    load.bytes += encodedDataLength;
  });
  await page.addInitScript(() => {
    const seen = { visible: 0, longest: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: 'longtask', buffered: true });
    const timer = setInterval(() => {
      if (!document.querySelector('.code-text')?.getBoundingClientRect().height) return;
      clearInterval(timer);
      // The second frame begins when the first has been drawn.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          seen.visible = performance.now();
        }),
      );
    }, 5);
  });
  await page.goto(url, { waitUntil: 'networkidle', timeout: 120_000 });
  const seen = await page.evaluate(() => (window as unknown as { seen: Omit<Load, keyof typeof load> }).seen);
  await context.close();
  if (seen.visible === 0) throw new Error('The text of the page did not become visible.');
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
