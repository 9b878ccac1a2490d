import { expectDatabase } from '../lib/core/database-ready';
import { DEFAULT_DRAIN_SECONDS } from '../lib/core/drain';

// Loaded into every process that `npm start` starts: when `npm start` is killed, its end of the channel
// closes, and a remaining child would hold the port forever.
const GRACE_MS = Number(process.env.DRAIN_SECONDS || DEFAULT_DRAIN_SECONDS) * 1_000 + 5_000;

process.on('disconnect', () => {
  setTimeout(() => process.exit(1), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});

// The process loads its code while the database is started and migrated, and then gets the variables that were not
// known before.
expectDatabase(
  new Promise((resolve) => {
    process.once('message', (variables: Record<string, string>) => {
      Object.assign(process.env, variables);
      resolve();
    });
  }),
);
