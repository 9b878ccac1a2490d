import type { FormState } from './form-state';

const READ_WITHIN_MS = 1_000;

/**
 * Calls an action; if its outcome leads to another page, it also waits until the browser has read the whole answer: the
 * page is rendered anew from what follows the outcome. Firefox and WebKit stop reading when the page is about to be left,
 * and React would show its error page until the next page is there.
 */
export async function readToEnd(call: () => Promise<FormState>): Promise<FormState> {
  const since = performance.now();
  const state = await call();
  if (state.href !== null) await answerRead(since);
  return state;
}

/** @param since when the action was called, as `performance.now()` tells it */
function answerRead(since: number): Promise<void> {
  const [page] = window.location.href.split('#');
  return new Promise((resolve) => {
    function end() {
      clearTimeout(limit);
      observer.disconnect();
      resolve();
    }
    const observer = new PerformanceObserver((list) => {
      if (list.getEntries().some(({ name, startTime }) => name === page && startTime >= since)) end();
    });
    const limit = setTimeout(end, READ_WITHIN_MS);
    observer.observe({ type: 'resource', buffered: true });
  });
}
