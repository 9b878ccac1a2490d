import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const lines: unknown[] = [];
vi.mock('./logger', () => ({ logger: () => ({ error: (...line: unknown[]) => lines.push(line) }) }));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  lines.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

it('logs an outage once a minute, and how many lines were left out', async () => {
  const { logOutage } = await import('./outage-log');
  for (let request = 0; request < 5; request += 1) logOutage('database_unavailable', { reason: 'refused' });
  logOutage('storage_unavailable', { reason: 'hangs' });
  vi.advanceTimersByTime(60_000);
  logOutage('database_unavailable', { reason: 'refused' });
  vi.advanceTimersByTime(60_000);
  logOutage('database_unavailable', { reason: 'refused' });
  expect(lines).toEqual([
    [{ reason: 'refused' }, 'database_unavailable'],
    [{ reason: 'hangs' }, 'storage_unavailable'],
    [{ reason: 'refused', withheld: 4 }, 'database_unavailable'],
    [{ reason: 'refused' }, 'database_unavailable'],
  ]);
});
