import 'server-only';
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/**
 * The driver of PostgreSQL. Not by `import`: its module for that is one that Node loads asynchronously for Next, and
 * then every module that uses the database, which are most, is asynchronous as well and takes longer to load.
 */
export const pg: typeof import('pg') = load('pg');

/** The adapter by which Prisma uses the driver, on its first use. */
export function loadAdapter(): typeof import('@prisma/adapter-pg') {
  return load('@prisma/adapter-pg');
}
