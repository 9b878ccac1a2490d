import { setTimeout as sleep } from 'node:timers/promises';
import { formatMegabytes, listProcesses, readEachPss, readPss } from './memory';
import { type SheafProcess, startSheaf } from './sheaf-process';

const READERS = Number(process.argv[2] ?? 60);
const PASTES = Number(process.argv[3] ?? 6);
const SECONDS = Number(process.argv[4] ?? 30);
const PASTE_BYTES = 3_900_000;
const REST_MS = 10_000;
const SAMPLE_EVERY_MS = 250;

/**
 * The memory of `npm start` at rest, under readers of large pastes, and afterwards:
 * `npm run bench:memory -- [readers] [pastes] [seconds]`.
 */
async function main(): Promise<void> {
  const sheaf = await startSheaf();
  try {
    await sleep(REST_MS);
    print('at rest', sheaf);
    const pages = await createPastes(sheaf.url);
    const peak = await readPages(sheaf, pages);
    console.log(`at most ${formatMegabytes(peak)}`);
    await sleep(REST_MS);
    print(`${REST_MS / 1000} s afterwards`, sheaf);
  } finally {
    await sheaf.stop();
  }
}

function print(moment: string, sheaf: SheafProcess): void {
  const pids = listProcesses(sheaf);
  console.log(`${moment}: ${formatMegabytes(readPss(pids))} PSS, Node ${process.version}`);
  for (const { name, pss } of readEachPss(pids))
    console.log(`  ${formatMegabytes(pss).padStart(7)}  ${name}`);
}

async function createPastes(url: string): Promise<string[]> {
  const pages: string[] = [];
  for (let number = 0; number < PASTES; number += 1) {
    const line = `const sample${number} = compute(42, "text"); // a line of a large paste\n`;
    const body = line.repeat(Math.ceil(PASTE_BYTES / line.length)).slice(0, PASTE_BYTES);
    const response = await fetch(`${url}/api/v1/pastes?language=typescript`, { method: 'POST', body });
    if (response.status !== 201) throw new Error(`creating a paste answered ${response.status}`);
    pages.push((await response.text()).trim());
  }
  return pages.map((link) => url + new URL(link).pathname);
}

/** @returns the largest PSS of all processes together */
async function readPages(sheaf: SheafProcess, pages: readonly string[]): Promise<number> {
  const deadline = Date.now() + SECONDS * 1000;
  const answers = new Map<number, number>();
  let bytes = 0;
  const read = async (first: number) => {
    for (let turn = first; Date.now() < deadline; turn += 1) {
      // A browser's, so that it gets the page.
      const headers = { accept: 'text/html', 'user-agent': 'Mozilla/5.0' };
      const response = await fetch(pages[turn % pages.length] ?? '', { headers });
      for await (const chunk of response.body ?? []) bytes += (chunk as Uint8Array).length;
      answers.set(response.status, (answers.get(response.status) ?? 0) + 1);
      if (response.status !== 200) await sleep(1_000);
    }
  };
  let isOver = false;
  const reading = Promise.all(Array.from({ length: READERS }, (_, index) => read(index)));
  const over = reading.finally(() => {
    isOver = true;
  });
  over.catch(() => {});
  let peak = 0;
  while (!isOver) {
    peak = Math.max(peak, readPss(listProcesses(sheaf)));
    await sleep(SAMPLE_EVERY_MS);
  }
  await over;
  const statuses = [...answers].map(([status, count]) => `${count} × ${status}`).join(', ');
  console.log(
    `${READERS} readers of ${PASTES} pastes for ${SECONDS} s: ${statuses}; ${formatMegabytes(bytes)} read`,
  );
  return peak;
}

await main();
