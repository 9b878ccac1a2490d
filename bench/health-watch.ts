import { get } from 'node:http';

// Runs in a process of its own, so that a busy sender does not delay what is measured.
const [everyMs = '10', ...urls] = process.argv.slice(2);
const TIMEOUT_MS = 60_000;

const worst = urls.map(() => 0);
let isWatching = true;
process.once('message', () => {
  isWatching = false;
});

/** Milliseconds until the answer is read; as long as the timeout where there is none. */
function time(url: string): Promise<number> {
  const start = performance.now();
  return new Promise((resolve) => {
    const request = get(url, { timeout: TIMEOUT_MS }, (response) => {
      response.resume();
      response.on('end', () => resolve(performance.now() - start));
      response.on('error', () => resolve(TIMEOUT_MS));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(TIMEOUT_MS));
  });
}

async function watch(index: number): Promise<void> {
  while (isWatching) {
    worst[index] = Math.max(worst[index] ?? 0, await time(urls[index] ?? ''));
    await new Promise((resolve) => setTimeout(resolve, Number(everyMs)));
  }
}

process.send?.('watching');
await Promise.all(urls.map((_, index) => watch(index)));
process.send?.(worst, () => process.exit());
