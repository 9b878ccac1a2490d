import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench';
import { sendLoad } from './load';
import { listProcesses, readEachPss, readPss } from './memory';
import { renderTable, type Section } from './report';
import { createPaste, textOf } from './samples';
import type { SheafProcess } from './sheaf-process';
import { formatNumber } from './statistics';

const MB = 1_000_000;
const READERS = 60;
const PASTES = 6;
const LARGE_TEXT = textOf(3.9 * MB);
const LOOK_EVERY_MS = 500;
const LIMITS_MB = { idle: 320, loaded: 700 };

/** Memory of all processes after a start, while 60 readers open the pages of large pastes, and later. */
export async function measureMemory({ sheaf, scale }: Bench): Promise<Section> {
  await sheaf.restart();
  await sleep(scale.settle * 1_000);
  const idle = readMegabytes(sheaf);
  const processes = readEachPss(listProcesses(sheaf));
  const paths: string[] = [];
  for (let n = 0; n < PASTES; n += 1) paths.push(`/${await createPaste(sheaf.url, { content: LARGE_TEXT })}`);
  const requests = paths.map((path) => ({ path }));
  const stopWatching = watchMegabytes(sheaf);
  const load = { origin: sheaf.url, requests, connections: READERS, seconds: scale.readers };
  const { answered, failed } = await sendLoad(load);
  const loaded = await stopWatching();
  await sleep(scale.rest * 1_000);
  const after = readMegabytes(sheaf);

  const rows = [
    [`${scale.settle} s after a start`, formatNumber(idle, 0)],
    ...processes.map(({ name, pss }) => [`· ${name}`, formatNumber(pss / MB, 0)]),
    [
      `${READERS} readers of ${PASTES} pastes of 3.9 MB, ${scale.readers} s, the most`,
      formatNumber(loaded, 0),
    ],
    [`${scale.rest} s later`, formatNumber(after, 0)],
  ];
  const note = `The readers got ${answered} pages; ${failed} requests failed.`;
  return {
    title: 'Memory (PSS of all processes)',
    text: `${renderTable(['', 'MB'], rows)}\n\n${note}`,
    verdicts: [
      judge('memory, idle', idle, LIMITS_MB.idle),
      judge(`memory, ${READERS} readers of ${PASTES} pastes of 3.9 MB`, loaded, LIMITS_MB.loaded),
    ],
  };
}

function judge(what: string, megabytes: number, most: number) {
  return {
    target: `${what}: at most ${most} MB`,
    measured: `${formatNumber(megabytes, 0)} MB`,
    isMet: megabytes <= most,
  };
}

function readMegabytes(sheaf: SheafProcess): number {
  return readPss(listProcesses(sheaf)) / MB;
}

/** Watches until the function it returns is called, which gives the most that was seen. */
function watchMegabytes(sheaf: SheafProcess): () => Promise<number> {
  let most = 0;
  let isWatching = true;
  const watching = (async () => {
    while (isWatching) {
      most = Math.max(most, readMegabytes(sheaf));
      await sleep(LOOK_EVERY_MS);
    }
  })();
  return async () => {
    isWatching = false;
    await watching;
    return most;
  };
}
