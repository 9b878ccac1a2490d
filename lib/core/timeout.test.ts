import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withTimeout } from './timeout';

const forever = () => new Promise<never>(() => {});

/** Keeps this process from reading anything. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('withTimeout', () => {
  it('returns the result of the work', async () => {
    await expect(withTimeout({ ms: 1_000, message: 'late' }, async () => 7)).resolves.toBe(7);
    const failing = withTimeout({ ms: 1_000, message: 'late' }, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
  });

  it('rejects with the message and aborts the work when it is silent', async () => {
    let signal: AbortSignal | undefined;
    const silent = withTimeout({ ms: 250, message: 'late' }, (deadline) => {
      signal = deadline.signal;
      return forever();
    });
    await expect(silent).rejects.toThrow('late');
    expect(signal?.aborted).toBe(true);
  });

  it('does not count the time in which this process was busy', async () => {
    const answer = withTimeout({ ms: 300, message: 'late' }, async () => {
      // Several answers, one after another, as a read of a file needs them.
      for (let step = 0; step < 3; step += 1) await sleep(5);
      return 'answer';
    });
    block(600);
    await expect(answer).resolves.toBe('answer');
  });
});
