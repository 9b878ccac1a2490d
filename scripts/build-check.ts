import { type BuildPart, checkPart } from './build-stamp';

/** What is compiled into `dist`. This file is, so that a start finds out without a compiler whether it is current. */
export const ENTRY_POINTS = {
  admin: 'scripts/admin.ts',
  backup: 'scripts/backup.ts',
  'build-check': 'scripts/build-check.ts',
  doctor: 'scripts/doctor.ts',
  migrate: 'prisma/migrate.ts',
  restore: 'scripts/restore.ts',
  server: 'server.ts',
  start: 'scripts/start.ts',
  'with-parent': 'scripts/with-parent.ts',
};

/** The files that pages of the front link to. */
export const ASSETS = 'dist/assets';

/** The terminal client, which every instance serves. */
export const CLIENT = 'dist/sheaf.mjs';

export const COMMANDS: BuildPart = {
  stamp: 'dist/sheaf-build',
  products: [
    'lib/generated/prisma/client.ts',
    ASSETS,
    ...Object.keys(ENTRY_POINTS).map((name) => `dist/${name}.js`),
    CLIENT,
  ],
};

/** Whether the compiled commands are those of the present sources. */
export async function areCommandsCurrent(): Promise<boolean> {
  return (await checkPart(COMMANDS)) === 'current';
}
