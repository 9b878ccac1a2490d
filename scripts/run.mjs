// Runs a compiled command: `node scripts/run.mjs start`. Plain JavaScript, because an installation without build
// tools has nothing that reads TypeScript.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = {
  admin: 'scripts/admin.ts',
  backup: 'scripts/backup.ts',
  doctor: 'scripts/doctor.ts',
  migrate: 'prisma/migrate.ts',
  restore: 'scripts/restore.ts',
  start: 'scripts/start.ts',
};

/** In a process that ends: neither tsx nor esbuild stays in memory. It also ends when this process does. */
async function compile() {
  const args = ['--import', 'tsx', 'scripts/build.ts', 'commands'];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exit(code ?? 1);
}

/** Asks compiled code, because the compiler alone takes as long to load as the database takes to start. */
async function isCompiled() {
  try {
    const { areCommandsCurrent } = await import(pathToFileURL(`${ROOT}dist/build-check.js`).href);
    return await areCommandsCurrent();
  } catch {
    // It is missing, or was not compiled to the end.
    return false;
  }
}

const name = process.argv[2] ?? '';
if (!Object.hasOwn(SOURCES, name)) {
  console.error(`Use one of: ${Object.keys(SOURCES).join(', ')}.`);
  process.exit(1);
}
if (existsSync(`${ROOT}node_modules/tsx`) && !(await isCompiled())) await compile();
const file = `${ROOT}dist/${name}.js`;
if (!existsSync(file)) {
  console.error(
    'Sheaf is not built and the build tools are not installed: run npm ci && npm run build, or use the image.',
  );
  process.exit(1);
}
// The command then finds the arguments that it has when its source is run by itself.
process.argv.splice(1, 2, `${ROOT}${SOURCES[name]}`);
await import(pathToFileURL(file).href);
