/*
 * Keeps the composer usable without a network. It stores the composer's page as a visitor without an account gets it, and
 * files of the build. It does not handle the pages of pastes, whose addresses may hold keys, or the API.
 */

const SHELL = 'composer-1';
const SHARED = 'shared-1';
const STATIC = '/_next/static/';
const SHARE_TARGET = '/api/shared';
/** As components/composer/offline/shared-files.ts reads them. */
const SHARED_KEY = '/api/shared/last';
const SHARED_AT = 'X-Shared-At';
const SHARED_KEPT_MS = 10 * 60_000;
const MAX_SHARED_BYTES = 26 * 1024 * 1024;
const MAX_ASSETS = 200;

/** Messages are worked on one after the other. */
let queue = Promise.resolve();

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(Promise.all([leaveOthersToTheNetwork(event), keepShell('en')]));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([removeOldCaches(), removeOldShared(), self.clients.claim()]));
});

self.addEventListener('message', (event) => {
  const { kind, ...page } = event.data ?? {};
  if (kind !== 'loaded' || !Array.isArray(page.assets)) return;
  queue = queue.then(() => keepLoaded(page)).catch(() => {});
  event.waitUntil(queue);
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === 'POST') {
    if (pathname === SHARE_TARGET && request.mode === 'navigate') event.respondWith(takeShared(request));
    // What was shared with one account is not for the next.
    if (pathname === '/logout') event.waitUntil(caches.delete(SHARED));
    return;
  }
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') {
    if (pathname === '/' && !searchParams.has('from')) event.respondWith(networkFirst(request, '/'));
    return;
  }
  if (pathname.startsWith(STATIC)) event.respondWith(networkFirst(request, request.url));
});

/** Where a browser can be told so, requests that are answered by the network do not wait for this worker. */
async function leaveOthersToTheNetwork(event) {
  const paths = ['/', `${STATIC}*`, SHARE_TARGET, '/logout'];
  const own = paths.map((pathname) => ({ urlPattern: { pathname, search: '*' } }));
  try {
    await event.addRoutes({ condition: { not: { or: own } }, source: 'network' });
  } catch {
    // Then the fetch handler lets them pass.
  }
}

async function networkFirst(request, key) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await (await caches.open(SHELL)).match(key);
    if (kept) return kept;
    throw error;
  }
}

/**
 * The files that a page has loaded. What it loads first tells whether its build or its language is another than that of
 * the page that is kept; later it only loads more files.
 */
async function keepLoaded({ isFirst, language, assets: loaded }) {
  const cache = await caches.open(SHELL);
  const wanted = [...new Set(loaded)].filter(isAsset).slice(0, MAX_ASSETS);
  const before = (await cache.keys()).map(({ url }) => url).filter(isAsset);
  const shown = await cache.match('/');
  const isOther = shown?.headers.get('Content-Language') !== language;
  const hasMore = wanted.some((url) => !before.includes(url));
  if (!shown || (isFirst && (isOther || hasMore))) {
    const named = shown ? findAssets(await shown.text()) : [];
    const now = await keepShell(language);
    const isNewBuild = now.length > 0 && named.some((url) => !now.includes(url));
    const gone = isNewBuild ? before.filter((url) => !now.includes(url) && !wanted.includes(url)) : [];
    for (const url of gone) await cache.delete(url);
  }
  await addAll(cache, wanted);
}

/** @returns the assets that the page names, which are kept as well */
async function keepShell(language) {
  const response = await fetch('/', {
    credentials: 'omit',
    cache: 'no-store',
    headers: { Accept: 'text/html', 'Accept-Language': String(language) },
  }).catch(() => null);
  if (!response?.ok || response.redirected) return [];
  const html = await response.text();
  // Where only members may create, visitors get another page.
  if (!html.includes('composer-page')) return [];
  const cache = await caches.open(SHELL);
  const headers = new Headers(response.headers);
  headers.set('Content-Language', String(language));
  // The text is decoded already.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  await cache.put('/', new Response(html, { status: 200, headers }));
  const assets = findAssets(html);
  await addAll(cache, assets);
  return assets;
}

function findAssets(html) {
  const named = [...html.matchAll(/\/_next\/static\/[\w./~@%+-]+/g)].map(
    ([path]) => new URL(path, self.location.origin).href,
  );
  return [...new Set(named)].slice(0, MAX_ASSETS);
}

async function addAll(cache, urls) {
  await Promise.all(
    urls.map(async (url) => {
      if (await cache.match(url)) return;
      // A file that is missing belongs to an earlier build.
      await cache.add(new Request(url, { credentials: 'omit' })).catch(() => {});
    }),
  );
}

function isAsset(url) {
  return typeof url === 'string' && url.startsWith(self.location.origin + STATIC);
}

/**
 * What another app shares goes to the composer, which reads it once and removes it. It is sent nowhere. A page of another
 * site can post here too: workers do not see the headers that would tell. So the composer says where it came from.
 */
async function takeShared(request) {
  try {
    const form = await request.formData();
    const sizes = [...form.values()].map((value) => new Blob([value]).size);
    if (sizes.reduce((sum, size) => sum + size, 0) > MAX_SHARED_BYTES) throw new Error('too large');
    const kept = new Response(form);
    kept.headers.set(SHARED_AT, String(Date.now()));
    await (await caches.open(SHARED)).put(SHARED_KEY, kept);
    return Response.redirect('/?shared', 303);
  } catch {
    return Response.redirect('/?shared=lost', 303);
  }
}

/** Of a page that was never opened. */
async function removeOldShared() {
  const kept = await (await caches.open(SHARED)).match(SHARED_KEY);
  const age = Date.now() - Number(kept?.headers.get(SHARED_AT));
  if (kept && age > SHARED_KEPT_MS) await caches.delete(SHARED);
}

async function removeOldCaches() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name !== SHELL && name !== SHARED).map((name) => caches.delete(name)),
  );
}
