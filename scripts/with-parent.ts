// Loaded into every process that `npm start` starts: when that is killed, its end of the channel closes,
// and a child left alone would hold the port for ever.
const GRACE_MS = 8_000;

process.on('disconnect', () => {
  setTimeout(() => process.exit(1), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
