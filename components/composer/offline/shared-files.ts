/** As in public/sw.js. */
const CACHE = 'shared-1';
const KEY = '/api/shared/last';

export interface Shared {
  title: string;
  files: File[];
}

/** What another app shared by the system's share sheet; it is removed. Null if there is nothing. */
export async function takeShared(): Promise<Shared | null> {
  if (!('caches' in window)) return null;
  const cache = await caches.open(CACHE);
  const kept = await cache.match(KEY);
  if (!kept) return null;
  const form = await kept.formData();
  await cache.delete(KEY);
  const field = (name: string) => String(form.get(name) ?? '').trim();
  const text = [field('text'), field('url')].filter((part) => part !== '').join('\n');
  const files = form.getAll('files').filter((file) => file instanceof File);
  return { title: field('title'), files: text === '' ? files : [new File([text], ''), ...files] };
}
