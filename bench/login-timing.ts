import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, startSheaf } from './sheaf-process';

const ATTEMPTS = 200;
const WARM_UP = 20;
const PASSWORD = 'a long walk by the sea';

/**
 * Whether the time a failed sign-in takes tells that the address has an account: wrong passwords for a
 * known and for unknown addresses in turns, one at a time, against the product as `npm start` runs it.
 */
async function main(): Promise<void> {
  const sheaf = await startSheaf();
  try {
    const post = (path: string, body: unknown) =>
      fetch(`${sheaf.url}/api/v1/auth/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
    const known = 'known@example.com';
    expectStatus(await post('register', { email: known, username: 'known', password: PASSWORD }), 201);
    const token = await mailedToken(join(sheaf.dataFolder, 'mail'));
    expectStatus(await post('verify-email', { token, password: PASSWORD }), 200);

    const attempt = async (email: string) => {
      const start = performance.now();
      const response = await post('login', { email, password: 'not the password at all' });
      await response.arrayBuffer();
      const elapsed = performance.now() - start;
      expectStatus(response, 401);
      return elapsed;
    };
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let n = 0; n < WARM_UP; n += 1) await attempt(n % 2 === 0 ? known : `warm${n}@example.com`);
    for (let n = 0; n < ATTEMPTS; n += 1) {
      const isKnown = n % 2 === 0;
      const elapsed = await attempt(isKnown ? known : `unknown${n}@example.com`);
      times[isKnown ? 'known' : 'unknown'].push(elapsed);
    }
    const [a, b] = [median(times.known), median(times.unknown)];
    console.log(`${ATTEMPTS} failed sign-ins in turns, Node ${process.version}`);
    console.log(`known address    median ${a.toFixed(1)} ms`);
    console.log(`unknown address  median ${b.toFixed(1)} ms`);
    console.log(`difference       ${Math.abs(a - b).toFixed(1)} ms`);
  } finally {
    await sheaf.stop();
  }
}

function expectStatus(response: Response, status: number): void {
  if (response.status !== status) throw new Error(`${response.url} answered ${response.status}`);
}

async function mailedToken(folder: string): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const [name] = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.json'));
    if (name !== undefined) {
      const { text } = JSON.parse(await readFile(join(folder, name), 'utf8')) as { text: string };
      const token = /[?&]token=([\w-]+)/.exec(text)?.[1];
      if (token !== undefined) return token;
    }
    await sleep(100);
  }
  throw new Error('The mail that confirms the address did not come.');
}

await main();
