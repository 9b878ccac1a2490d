import { afterEach } from 'vitest';
import { setClock } from '@/lib/core/clock';

/** The clock of Sheaf for the tests of a file, which is right again after each of them. */
export function useTestClock(): { set: (clock: () => Date) => void; restore: () => void } {
  let restore = () => {};
  afterEach(() => restore());
  return {
    set(clock) {
      restore();
      restore = setClock(clock);
    },
    restore: () => restore(),
  };
}
