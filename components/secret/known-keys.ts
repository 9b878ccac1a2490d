import { quietly } from '@/lib/core/browser-storage';

/** What a browser keeps about a secret paste that it created or edited; it is never sent. */
export interface KnownKey {
  /** The key of the link. */
  key: string;
  title: string;
}

const PREFIX = 'sheaf_key_';

/** Keeps the key of a secret paste in this browser. Does nothing where storage is off or full. */
export function rememberKey(slug: string, { key, title }: KnownKey): void {
  // Without storage the link still has the key.
  quietly(() => localStorage.setItem(PREFIX + slug, JSON.stringify({ key, title })));
}

export function findKey(slug: string): KnownKey | null {
  return quietly(() => {
    const { key, title } = JSON.parse(localStorage.getItem(PREFIX + slug) ?? '{}') as Partial<KnownKey>;
    return typeof key === 'string' ? { key, title: typeof title === 'string' ? title : '' } : null;
  });
}

export function forgetKey(slug: string): void {
  quietly(() => localStorage.removeItem(PREFIX + slug));
}
