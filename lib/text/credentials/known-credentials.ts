import type { SlicedTask } from '../../core/time-slicing';
import { findCredentials } from './find-credentials';

/** What the credentials in published texts say; only to compare others with. */
export function* knownCredentials(published: readonly string[]): SlicedTask<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const text of published) {
    for (const found of findCredentials(text)) {
      if (found) known.add(text.slice(found.from, found.to));
      yield;
    }
  }
  return known;
}
