import { findCredentials } from './find-credentials';

/** What the credentials in published texts say; only to compare others with. */
export function knownCredentials(published: readonly string[]): ReadonlySet<string> {
  return new Set(
    published.flatMap((text) => findCredentials(text).map(({ from, to }) => text.slice(from, to))),
  );
}
