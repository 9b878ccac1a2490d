import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerRead } from './answer-read';

const PAGE = 'https://paste.example/?from=abc';

type Entry = Pick<PerformanceEntry, 'name' | 'startTime'>;
type Told = (list: { getEntries: () => Entry[] }) => void;

let told: Told | null = null;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', { location: { href: `${PAGE}#L3` } });
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      constructor(callback: Told) {
        told = callback;
      }
      observe() {}
      disconnect() {
        told = null;
      }
    },
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function read(...entries: Entry[]): void {
  told?.({ getEntries: () => entries });
}

it('waits for the answer of this page to a request since then', async () => {
  const end = vi.fn();
  void answerRead(100).then(end);
  read({ name: PAGE, startTime: 99 }, { name: 'https://paste.example/me', startTime: 120 });
  await vi.advanceTimersByTimeAsync(500);
  expect(end).not.toHaveBeenCalled();
  read({ name: PAGE, startTime: 100 });
  await vi.advanceTimersByTimeAsync(0);
  expect(end).toHaveBeenCalledOnce();
  expect(told).toBeNull();
});

it('waits no longer than a second', async () => {
  const end = vi.fn();
  void answerRead(100).then(end);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(end).toHaveBeenCalledOnce();
  expect(told).toBeNull();
});
