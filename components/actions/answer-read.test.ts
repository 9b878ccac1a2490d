import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readToEnd } from './answer-read';
import { type FormState, NOT_POSTED } from './form-state';

const PAGE = 'https://paste.example/?from=abc';

type Entry = Pick<PerformanceEntry, 'name' | 'startTime'>;
type Told = (list: { getEntries: () => Entry[] }) => void;

const SAVED: FormState = { ...NOT_POSTED, outcome: 'saved', href: '/me' };

let told: Told | null = null;
const observed = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(performance, 'now').mockReturnValue(100);
  vi.stubGlobal('window', { location: { href: `${PAGE}#L3` } });
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      constructor(callback: Told) {
        told = callback;
      }
      observe = observed;
      disconnect() {
        told = null;
      }
    },
  );
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function read(...entries: Entry[]): void {
  told?.({ getEntries: () => entries });
}

/** What is called when the action is done. */
async function call(state: FormState) {
  const end = vi.fn();
  void readToEnd(async () => state).then(end);
  await vi.advanceTimersByTimeAsync(0);
  return end;
}

it('waits for the answer of this page to a request since then', async () => {
  const end = await call(SAVED);
  expect(observed).toHaveBeenCalledExactlyOnceWith({ type: 'resource', buffered: true });
  read({ name: PAGE, startTime: 99 }, { name: 'https://paste.example/me', startTime: 120 });
  await vi.advanceTimersByTimeAsync(500);
  expect(end).not.toHaveBeenCalled();
  read({ name: PAGE, startTime: 100 });
  await vi.advanceTimersByTimeAsync(0);
  expect(end).toHaveBeenCalledExactlyOnceWith(SAVED);
  expect(told).toBeNull();
});

it('waits no longer than a second', async () => {
  const end = await call(SAVED);
  await vi.advanceTimersByTimeAsync(999);
  expect(end).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(end).toHaveBeenCalledOnce();
  expect(told).toBeNull();
});

it('does not wait where the page stays', async () => {
  expect(await call({ ...NOT_POSTED, outcome: 'error' })).toHaveBeenCalledOnce();
  expect(told).toBeNull();
});
