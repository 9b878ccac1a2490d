import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runTool } from './build-app';
import { prepareDatabase, runCommand } from './environment';

/** `next dev` on the database and bodies of `npm start`; API and bytes come from Next's own mount. */
async function dev(): Promise<void> {
  // A checkout that was never built has no client of the database.
  await runTool(['node_modules/prisma/build/index.js', 'generate']);
  const release = await prepareDatabase();
  const args = [
    'node_modules/next/dist/bin/next',
    'dev',
    '-H',
    '127.0.0.1',
    '-p',
    process.env.PORT ?? '3000',
  ];
  const next = spawn(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => next.kill(signal));
  await once(next, 'exit');
  await release();
}

await runCommand(dev);
