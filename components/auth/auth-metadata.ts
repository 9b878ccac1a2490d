import type { Metadata } from 'next';

/** Metadata of pages that search engines must not index. */
export function authMetadata(title: string): Metadata {
  return { title, robots: { index: false, follow: false } };
}
