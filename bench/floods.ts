import { fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { FLOODS, type Target } from './flood-list';
import { startSheaf } from './sheaf-process';
import { signUp } from './sign-up';

/**
 * What /api/health may take, in milliseconds, while one client sends whatever it wants; and a small answer of the
 * process that renders pages, while it does the work.
 */
const LIMIT_MS = 200;
const WATCH_EVERY_MS = 10;

/**
 * Sends one flood after another to the product as `npm start` runs it, and prints the slowest /api/health
 * and the slowest answer of the process that renders pages during each. Exits with 1 when one that has a limit
 * took longer.
 */
async function main(): Promise<void> {
  const sheaf = await startSheaf();
  try {
    const target: Target = { url: sheaf.url, ...(await signUp(sheaf, 'flood')) };
    // A sender on another machine would not take the time of the service's processors.
    setPriority(constants.priority.PRIORITY_LOW);
    const wanted = process.argv[2] ?? '';
    const floods = FLOODS.filter(({ name }) => name.includes(wanted));
    console.log(`${'flood'.padEnd(58)} health   pages  answered`);
    let slowest = 0;
    for (const { name, isOfPages = false, send } of floods) {
      const stop = await watch([`${sheaf.url}/api/health`, `${sheaf.url}/robots.txt`]);
      const answered = await send(target).catch((error: unknown) => String(error));
      const [health = 0, pages = 0] = await stop();
      slowest = Math.max(slowest, health, isOfPages ? pages : 0);
      const figures = [health, pages].map((ms) => `${ms.toFixed(0)} ms`.padStart(8)).join('');
      console.log(`${name.padEnd(56)}${figures}  ${answered}`);
    }
    console.log(
      `The slowest answer with a limit took ${slowest.toFixed(0)} ms, the limit is ${LIMIT_MS} ms.`,
    );
    if (slowest > LIMIT_MS) process.exitCode = 1;
  } finally {
    await sheaf.stop();
  }
}

/** Watches until the function it returns is called, which gives the slowest answer of each URL. */
async function watch(urls: string[]): Promise<() => Promise<number[]>> {
  const script = fileURLToPath(new URL('health-watch.ts', import.meta.url));
  const watcher = fork(script, [String(WATCH_EVERY_MS), ...urls], { execArgv: ['--import', 'tsx'] });
  if (watcher.pid !== undefined) setPriority(watcher.pid, constants.priority.PRIORITY_NORMAL);
  await once(watcher, 'message');
  return async () => {
    const worst = once(watcher, 'message');
    watcher.send('stop');
    return (await worst)[0] as number[];
  };
}

await main();
