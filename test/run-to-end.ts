import type { SlicedTask } from '@/lib/core/time-slicing';

/** Runs a task to its end without pauses. */
export function runToEnd<Result>(task: SlicedTask<Result>): Result {
  for (;;) {
    const step = task.next();
    if (step.done) return step.value;
  }
}
