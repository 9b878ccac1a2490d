import 'server-only';
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/**
 * The PostgreSQL driver, loaded by `require`. In Next, Node loads its ES module asynchronously, which makes every module
 * that uses the database asynchronous too, and slower to load.
 */
export const pg: typeof import('pg') = load('pg');

/** Prisma's adapter for the driver, loaded on first use. */
export function loadAdapter(): typeof import('@prisma/adapter-pg') {
  return load('@prisma/adapter-pg');
}
