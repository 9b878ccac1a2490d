import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type LaunchOptions } from 'playwright/test';
import { z } from 'zod';
import { findChromiums } from '../e2e/support/chromium';
import { ensureBuilt } from './build';
import { ROOT } from './root';
import { type Counts, readJson, vitestReport } from './test-report';

const DOWNLOAD_WITHIN_MS = 180_000;
const APT_WITHIN_MS = 420_000;
const APT_PACKAGES = ['chromium-headless-shell', 'chromium'];

const playwrightReport = z
  .object({
    stats: z.object({
      expected: z.number(),
      unexpected: z.number(),
      flaky: z.number(),
      skipped: z.number(),
    }),
  })
  .transform(
    ({ stats }): Counts => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }),
  );

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failedSteps: string[] = [];
const running = new Set<ChildProcess>();
let interrupted = false;

/** Runs one step, regardless of the result of earlier steps. */
async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  if (interrupted) return;
  console.log(`\n── ${name}`);
  const start = performance.now();
  try {
    await work();
    console.log(`   ${name}: done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  } catch (error) {
    failedSteps.push(name);
    console.error(`   ${name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function run(
  command: string,
  args: readonly string[],
  options: { env?: Record<string, string>; timeout?: number } = {},
): Promise<void> {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', NEXT_TELEMETRY_DISABLED: '1', ...options.env };
  const stdio: StdioOptions = ['ignore', 'inherit', 'inherit'];
  const child = spawn(command, args, { cwd: ROOT, env, stdio, timeout: options.timeout });
  running.add(child);
  const [code, signal] = await once(child, 'close');
  running.delete(child);
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code ?? signal}`);
}

/** A program of a locally installed package; npx might look elsewhere. */
function runTool(path: string, args: readonly string[] = [], options: Parameters<typeof run>[2] = {}) {
  return run(process.execPath, [join(ROOT, 'node_modules', path), ...args], options);
}

/** Runs tests and adds up their reports; tests without a report count as one failure. */
async function runTests(work: () => Promise<void>, readReport: () => Promise<Counts>): Promise<void> {
  const outcome = await work().then(
    () => null,
    (error: unknown) => error,
  );
  const counts = await readReport().catch((): Counts => ({ passed: 0, failed: 1, skipped: 0 }));
  total.passed += counts.passed;
  total.failed += outcome === null ? counts.failed : Math.max(1, counts.failed);
  total.skipped += counts.skipped;
  if (outcome !== null) throw outcome;
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}

/** The launch options of a browser that runs here, installed if need be. */
async function provideChromium(): Promise<LaunchOptions> {
  const found = await findWorkingChromium();
  if (found !== null) return found;
  console.log('   The browser tests need Chromium, and none runs here: npx playwright install chromium');
  await runTool('playwright/cli.js', ['install', 'chromium'], { timeout: DOWNLOAD_WITHIN_MS }).catch(warn);
  const downloaded = await findWorkingChromium();
  if (downloaded !== null) return downloaded;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeout: APT_WITHIN_MS };
    console.log(`   It does not run, so the system's package is installed: ${APT_PACKAGES.join(' or ')}`);
    await run('apt-get', ['update'], options).catch(warn);
    for (const name of APT_PACKAGES) {
      await run('apt-get', ['install', '-y', '--no-install-recommends', name], options).catch(warn);
      const installed = await findWorkingChromium();
      if (installed !== null) return installed;
    }
  }
  throw new Error('no Chromium runs here, and none could be installed: set CHROMIUM_PATH');
}

function warn(error: unknown): void {
  console.error(`   ${error instanceof Error ? error.message : String(error)}`);
}

async function findWorkingChromium(): Promise<LaunchOptions | null> {
  for (const options of findChromiums()) {
    const browser = await chromium.launch({ ...options, timeout: 30_000 }).catch(() => null);
    if (browser !== null) {
      await browser.close();
      return options;
    }
  }
  return null;
}

async function main(): Promise<void> {
  const reports = await mkdtemp(join(tmpdir(), 'sheaf-reports-'));
  const unitReport = join(reports, 'vitest.json');
  const browserReport = join(reports, 'playwright.json');
  try {
    await step('generate', async () => {
      await runTool('prisma/build/index.js', ['generate']);
      await runTool('next/dist/bin/next', ['typegen']);
    });
    await Promise.all([
      step('types', () => runTool('typescript/bin/tsc')),
      step('lint and dead code', async () => {
        await run('npm', ['run', '--silent', 'lint']);
        await runTool('knip/bin/knip.js');
      }),
    ]);
    // Before the unit tests, some of which run the compiled commands.
    await step('build', () => ensureBuilt());
    await step('unit tests', () =>
      runTests(
        () =>
          runTool('vitest/vitest.mjs', [
            'run',
            '--reporter=default',
            '--reporter=json',
            `--outputFile=${unitReport}`,
          ]),
        () => readJson(unitReport, vitestReport),
      ),
    );
    await step('browser tests', () =>
      runTests(
        async () => {
          const { executablePath = '' } = await provideChromium();
          const env = { CHROMIUM_PATH: executablePath, PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport };
          await runTool('playwright/cli.js', ['test', '--reporter=list,json'], { env });
        },
        () => readJson(browserReport, playwrightReport),
      ),
    );
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
  if (interrupted) failedSteps.push('the rest was not run');
  if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = failedSteps.length > 0 ? 1 : 0;
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    interrupted = true;
    for (const child of running) child.kill(name);
  });
}

await main();
