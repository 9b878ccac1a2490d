import type { Metadata } from 'next';

/** Of pages that nobody is to find by a search. */
export function authMetadata(title: string): Metadata {
  return { title, robots: { index: false, follow: false } };
}
