import { startSheaf } from './sheaf-process';
import { signUp } from './sign-up';
import { median } from './statistics';

const ATTEMPTS = 200;
const WARM_UP = 20;

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
    await signUp(sheaf, 'known');
    const known = 'known@example.com';
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

await main();
