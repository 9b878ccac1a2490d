const STATIC = '/_next/static/';
/** Files that are loaded together are told together. */
const PAUSE_MS = 1_000;

/**
 * Has the service worker keep this page and the files that it loads, for when there is no network.
 * @returns what ends it
 */
export function keepOffline(): () => void {
  if (!('serviceWorker' in navigator)) return () => {};
  const { serviceWorker } = navigator;
  const assets = new Set<string>();
  let isFirst = true;
  let pause: ReturnType<typeof setTimeout> | undefined;

  async function tell() {
    const { active } = await serviceWorker.ready;
    const language = document.documentElement.lang;
    active?.postMessage({ kind: 'loaded', isFirst, language, assets: [...assets] });
    isFirst = false;
  }

  const observer = new PerformanceObserver((list) => {
    const loaded = list.getEntries().map(({ name }) => name);
    const files = loaded.filter((name) => name.startsWith(window.location.origin + STATIC));
    for (const file of files) assets.add(file);
    if (files.length === 0) return;
    clearTimeout(pause);
    pause = setTimeout(() => void tell(), PAUSE_MS);
  });

  // Where workers are forbidden, as in some private windows, the page works as before.
  serviceWorker.register('/sw.js', { updateViaCache: 'none' }).then(
    () => observer.observe({ type: 'resource', buffered: true }),
    () => {},
  );
  return () => {
    clearTimeout(pause);
    observer.disconnect();
  };
}
