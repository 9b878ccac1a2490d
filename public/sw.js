/*
 * Keeps the composer usable without a network. It stores the composer's page as a stranger gets it and files of the
 * build, and nothing else: the pages of pastes, whose addresses may hold keys, and the API are never its concern.
 */

const SHELL = 'composer-1';
const SHARED = 'shared-1';
const STATIC = '/_next/static/';
const SHARE_TARGET = '/api/shared';
/** As components/composer/offline/shared-files.ts reads it. */
const SHARED_KEY = '/api/shared/last';
const MAX_SHARED_BYTES = 26 * 1024 * 1024;
const MAX_ASSETS = 200;

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(Promise.all([leaveOthersToTheNetwork(event), keepShell('en')]));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([removeOldCaches(), self.clients.claim()]));
});

self.addEventListener('message', (event) => {
  const { kind, language, assets } = event.data ?? {};
  if (kind === 'loaded' && Array.isArray(assets)) event.waitUntil(keepLoaded(language, assets));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === 'POST') {
    if (pathname === SHARE_TARGET && request.mode === 'navigate') event.respondWith(takeShared(request));
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
  const paths = ['/', `${STATIC}*`, SHARE_TARGET];
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

/** The page and what it names, if they have changed or were not kept. */
async function keepLoaded(language, loaded) {
  const cache = await caches.open(SHELL);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  const wanted = [...new Set(loaded)].filter(isAsset).slice(0, MAX_ASSETS);
  const shown = await cache.match('/');
  const isOther = shown?.headers.get('Content-Language') !== language;
  if (!isOther && wanted.every((url) => kept.has(url))) return;
  const named = await keepShell(language);
  const all = new Set([...named, ...wanted]);
  await addAll(cache, [...all]);
  // Of an earlier build.
  for (const url of kept) if (isAsset(url) && !all.has(url)) await cache.delete(url);
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
  // Where only members may create, a stranger gets another page.
  if (!html.includes('composer-page')) return [];
  const cache = await caches.open(SHELL);
  const headers = new Headers(response.headers);
  headers.set('Content-Language', String(language));
  // The text is decoded already.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  await cache.put('/', new Response(html, { status: 200, headers }));
  const named = [...html.matchAll(/\/_next\/static\/[\w./~@%+-]+/g)].map(
    ([path]) => new URL(path, self.location.origin).href,
  );
  const assets = [...new Set(named)].slice(0, MAX_ASSETS);
  await addAll(cache, assets);
  return assets;
}

async function addAll(cache, urls) {
  await Promise.all(
    urls.map(async (url) => {
      if (await cache.match(url)) return;
      // What is gone by now belongs to an earlier build.
      await cache.add(new Request(url, { credentials: 'omit' })).catch(() => {});
    }),
  );
}

function isAsset(url) {
  return typeof url === 'string' && url.startsWith(self.location.origin + STATIC);
}

/** What another app shares goes to the composer, which reads it once and removes it. It is sent nowhere. */
async function takeShared(request) {
  const isTooLarge = Number(request.headers.get('content-length') ?? 0) > MAX_SHARED_BYTES;
  try {
    if (isTooLarge) throw new Error('too large');
    const form = await request.formData();
    await (await caches.open(SHARED)).put(SHARED_KEY, new Response(form));
    return Response.redirect('/?shared', 303);
  } catch {
    return Response.redirect('/?shared=lost', 303);
  }
}

async function removeOldCaches() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name !== SHELL && name !== SHARED).map((name) => caches.delete(name)),
  );
}
