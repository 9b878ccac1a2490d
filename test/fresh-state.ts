import { vi } from 'vitest';

// The test files of a worker share its process, which loads every package once. Each file begins with modules
// of Sheaf, state of the process and an environment of its own.

interface Environment {
  variables: NodeJS.ProcessEnv;
  initial: NodeJS.ProcessEnv;
}

const globals = globalThis as unknown as Record<symbol, unknown>;
const KEPT = Symbol.for('test.environment');

vi.useRealTimers();
vi.restoreAllMocks();
vi.unstubAllGlobals();
vi.resetModules();
forgetProcessState();
restoreEnvironment();

/** What lib/core/per-process.ts keeps. */
function forgetProcessState(): void {
  for (const key of Object.getOwnPropertySymbols(globals)) {
    if (key.description?.startsWith('sheaf.')) delete globals[key];
  }
}

/** As it was before the first file of this worker. */
function restoreEnvironment(): void {
  globals[KEPT] ??= { variables: process.env, initial: { ...process.env } } satisfies Environment;
  const { variables, initial } = globals[KEPT] as Environment;
  for (const name of Object.keys(variables)) if (!(name in initial)) delete variables[name];
  process.env = Object.assign(variables, initial);
}
