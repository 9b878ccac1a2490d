import { expect, it } from 'vitest';
import { startServer } from '../e2e/support/process';

const PROGRAM = `
  process.on('SIGTERM', () => { console.log('what its processes said'); process.exit(); });
  console.log('what it said');
  setInterval(() => {}, 1_000);
`;

it('a server that is not ready in time is ended, and the error says what it did', async () => {
  const started = startServer({
    args: ['-e', PROGRAM],
    env: {},
    readyUrl: 'http://127.0.0.1:9/',
    readyWithinMs: 1_500,
  });
  const error = await started.then(
    () => null,
    (reason: Error) => reason.message,
  );
  const [, lines = ''] = error?.split('not ready within 1500 ms\n') ?? [];
  expect(lines).toContain('\nwhat it said\nwhat its processes said\n');
  const [, pid = ''] = /^ *(\d+) +\d+ +\S+ +\S+ +\S+ +\S*node/.exec(lines) ?? [];
  expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
});
