import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { findFreePort } from '../scripts/embedded-postgres';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ROUNDS = 3;
const SECONDS = 3;
const CONNECTIONS = 32;
const START_WITHIN_MS = 300_000;
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
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-bench-'));
  const bare = fork(join(ROOT, 'bench/bare-server.ts'), { execArgv: ['--import', 'tsx'] });
  const barePort = (await once(bare, 'message'))[0] as number;
  const port = await findFreePort();
  const sheaf = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: folder,
      RATE_LIMIT_SCALE: '1000000',
      LOG_LEVEL: 'warn',
    },
  });
  try {
    const base = `http://127.0.0.1:${port}`;
    await waitFor(`${base}/api/ready`, sheaf);
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
    await stop(sheaf);
    await stop(bare);
    await rm(folder, { recursive: true, force: true });
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

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
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

async function waitFor(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_WITHIN_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await sleep(200);
  }
  throw new Error('Sheaf did not start');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

await main();
