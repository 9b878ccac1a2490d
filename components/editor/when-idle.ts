const IDLE_WITHIN_MS = 2_000;

/**
 * Runs something once the page is at rest or the field is used, whichever is first. What it runs can wait
 * until nothing is being composed in the field, and learns whether it is still wanted then. Returns how
 * to call it off.
 */
export function whenIdle(
  field: HTMLElement,
  run: (settle: () => Promise<boolean>) => Promise<void>,
): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  let composition: Promise<void> | null = null;
  let hasBegun = false;

  async function settle() {
    while (composition) await composition;
    return !signal.aborted;
  }

  function begin() {
    if (hasBegun || signal.aborted) return;
    hasBegun = true;
    void run(settle);
  }

  function waitForEnd() {
    composition = new Promise<void>((resolve) => {
      field.addEventListener('compositionend', () => setTimeout(resolve), { once: true });
    }).then(() => {
      composition = null;
    });
  }

  field.addEventListener('compositionstart', waitForEnd, { signal });
  field.addEventListener('focus', begin, { signal });
  if ('requestIdleCallback' in window) requestIdleCallback(begin, { timeout: IDLE_WITHIN_MS });
  else setTimeout(begin, 300);
  return () => ended.abort();
}
