import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { median, startSheaf, stopProcess } from './sheaf-process';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ROUNDS = 3;
const SECONDS = 3;
const CONNECTIONS = 32;
const TEXT = 'const answer = 42; // two kilobytes of this\n'.repeat(48).slice(0, 2048);

interface Scenario {
  name: string;
  options: autocannon.Options;
}

/**
 * Requests a second of the self-hosted product, and of bare node:http answering the same 2 KB, in turns
 * within one run: the machine's mood moves both, so the ratio is what to compare between versions.
 */
async function main(): Promise<void> {
  const bare = fork(join(ROOT, 'bench/bare-server.ts'), { execArgv: ['--import', 'tsx'] });
  const barePort = (await once(bare, 'message'))[0] as number;
  const sheaf = await startSheaf();
  try {
    const base = sheaf.url;
    const { slug } = await createSample(base);
    const scenarios: Scenario[] = [
      { name: 'bare node:http', options: { url: `http://127.0.0.1:${barePort}/` } },
      { name: 'GET /{slug}/raw', options: { url: `${base}/${slug}/raw` } },
      { name: 'GET /api/v1/pastes/{slug}', options: { url: `${base}/api/v1/pastes/${slug}` } },
      { name: 'GET /{slug} (page)', options: { url: `${base}/${slug}` } },
      { name: 'GET / (composer)', options: { url: `${base}/` } },
      {
        name: 'POST /api/v1/pastes',
        options: { url: `${base}/api/v1/pastes?language=typescript`, method: 'POST', body: TEXT },
      },
    ];
    print(scenarios, await measure(scenarios));
  } finally {
    await sheaf.stop();
    await stopProcess(bare);
  }
}

async function measure(scenarios: Scenario[]): Promise<autocannon.Result[][]> {
  const results: autocannon.Result[][] = scenarios.map(() => []);
  for (const { options } of scenarios)
    await autocannon({ ...options, connections: CONNECTIONS, duration: 2 });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { name, options }] of scenarios.entries()) {
      const result = await autocannon({ ...options, connections: CONNECTIONS, duration: SECONDS });
      if (result.non2xx > 0 || result.errors > 0) {
        throw new Error(`${name}: ${result.non2xx} answers were not 2xx, ${result.errors} requests failed`);
      }
      results[index]?.push(result);
    }
  }
  return results;
}

function print(scenarios: Scenario[], results: autocannon.Result[][]): void {
  const rates = results.map((runs) => median(runs.map((run) => run.requests.average)));
  const bare = rates[0] ?? 1;
  console.log(
    `median of ${ROUNDS} × ${SECONDS} s, ${CONNECTIONS} connections, 2 KB, Node ${process.version}`,
  );
  for (const [index, { name }] of scenarios.entries()) {
    const rate = rates[index] ?? 0;
    const latency = median((results[index] ?? []).map((run) => run.latency.p99));
    console.log(
      `${name.padEnd(28)} ${rate.toFixed(0).padStart(7)} requests/s  ${(rate / bare).toFixed(3)} of bare  p99 ${latency} ms`,
    );
  }
}

async function createSample(base: string): Promise<{ slug: string }> {
  const response = await fetch(`${base}/api/v1/pastes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ content: TEXT, language: 'typescript' }),
  });
  if (response.status !== 201) throw new Error(`creating the sample answered ${response.status}`);
  return (await response.json()) as { slug: string };
}

await main();
