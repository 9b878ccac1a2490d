import type { Bench } from './bench';
import { CASES } from './cases';
import { sendLoad } from './load';
import { renderTable, type Section } from './report';
import { createPaste, textOf } from './samples';
import { formatNumber } from './statistics';

const LARGE_TEXT = textOf(4_000_000);
const PASTES = 3;
const LIMIT_MS = 100;

/** Raw reads while large texts are highlighted that no reader has opened before, one after the other. */
export async function measureHighlighting({ sheaf, sample, scale }: Bench): Promise<Section> {
  const raw = CASES.raw;
  if (!raw) throw new Error('There is no case for raw reads.');
  const slugs: string[] = [];
  for (let n = 0; n < PASTES; n += 1) {
    slugs.push(await createPaste(sheaf.url, { content: `// ${n}\n${LARGE_TEXT}` }));
  }
  const load = (seconds: number) =>
    sendLoad({ origin: sheaf.url, requests: [raw.request(sample)], connections: raw.connections, seconds });
  await load(scale.warmUp);
  const results = [];
  const pages: number[] = [];
  for (const slug of slugs) {
    const [result, milliseconds] = await Promise.all([load(scale.round), timePage(`${sheaf.url}/${slug}`)]);
    results.push(result);
    pages.push(milliseconds);
  }
  const p99 = Math.max(...results.map((result) => result.p99));
  const rows = results.map(({ answered, seconds, ...result }, index) => [
    String(index + 1),
    formatNumber(pages[index] ?? Number.NaN, 0),
    formatNumber(answered / seconds, 0),
    formatNumber(result.p99, 0),
    String(result.failed),
  ]);
  return {
    title: 'Raw reads while 4 MB are highlighted',
    text: renderTable(['paste', 'its page, ms', 'raw reads/s', 'p99, ms', 'failed'], rows),
    verdicts: [
      {
        target: `raw text while 4 MB are highlighted: 99 % of the responses within ${LIMIT_MS} ms`,
        measured: `${formatNumber(p99, 0)} ms`,
        isMet: p99 <= LIMIT_MS,
      },
    ],
  };
}

/** Milliseconds until the whole page has arrived. */
async function timePage(url: string): Promise<number> {
  const begun = performance.now();
  const response = await fetch(url);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} failed: ${response.status}`);
  return performance.now() - begun;
}
