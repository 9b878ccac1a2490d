import type { Steps } from '@/lib/contacts/steps';

/** For tests: runs work that is done in steps at one go. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
