import { DEFAULT_DRAIN_SECONDS } from '../lib/core/drain';

// Loaded into every process that `npm start` starts: when `npm start` is killed, its end of the channel
// closes, and a remaining child would hold the port forever.
const GRACE_MS = Number(process.env.DRAIN_SECONDS || DEFAULT_DRAIN_SECONDS) * 1_000 + 5_000;

process.on('disconnect', () => {
  setTimeout(() => process.exit(1), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
