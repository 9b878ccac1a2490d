/** As in public/sw.js. */
const CACHE = 'shared-1';
const KEY = '/api/shared/last';
const SHARED_AT = 'X-Shared-At';
const KEPT_FOR_MS = 10 * 60_000;

export interface Shared {
  title: string;
  files: File[];
}

/** What another app has just shared by the system's share sheet; it is removed. Null if there is nothing. */
export async function takeShared(): Promise<Shared | null> {
  if (!('caches' in globalThis)) return null;
  const cache = await caches.open(CACHE);
  const kept = await cache.match(KEY);
  if (!kept) return null;
  // First of all: what cannot be read is not to stay.
  await cache.delete(KEY);
  if (Date.now() - Number(kept.headers.get(SHARED_AT)) > KEPT_FOR_MS) return null;
  const form = await kept.formData();
  const field = (name: string) => String(form.get(name) ?? '').trim();
  const text = [field('text'), field('url')].filter((part) => part !== '').join('\n');
  const files = form.getAll('files').filter((file) => file instanceof File);
  return { title: field('title'), files: text === '' ? files : [new File([text], ''), ...files] };
}
