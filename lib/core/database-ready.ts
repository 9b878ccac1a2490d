import { perProcess } from './per-process';

const NAME = 'database-ready';

/**
 * Resolves when the database may be used: in a process of `npm start`, once all migrations are applied; in any other, at
 * once. Nothing of the configuration may be read before.
 */
export function databaseReady(): Promise<void> {
  return perProcess(NAME, () => Promise.resolve()).get();
}

/** Makes `databaseReady` of this process resolve with `told`. Call it before the first `databaseReady`. */
export function expectDatabase(told: Promise<void>): void {
  perProcess(NAME, () => told).get();
}
