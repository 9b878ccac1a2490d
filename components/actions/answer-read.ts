const READ_WITHIN_MS = 1_000;

/**
 * Waits until the browser has read the whole answer to an action: the page is rendered anew from what follows the
 * outcome. Firefox and WebKit stop reading when the page is about to be left, and React would show its error page until
 * the next page is there.
 * @param since when the action was called, as `performance.now()` tells it
 */
export function answerRead(since: number): Promise<void> {
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
