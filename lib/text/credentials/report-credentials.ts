import { runInSlices, type SlicedTask } from '../../core/time-slicing';
import { findCredentials } from './find-credentials';
import { knownCredentials } from './known-credentials';
import type { CredentialKind } from './token-rules';

/** How many places are listed; how many are counted; and how many credentials of a text are looked at. */
export const MAX_LISTED = 20;
export const MAX_COUNTED = 1_000;
export const MAX_FOUND = 20_000;

/** Where a credential is, and of what kind; never what it says. */
export interface ListedCredential {
  /** Index of the file. */
  file: number;
  line: number;
  kind: CredentialKind;
}

export interface CredentialReport {
  listed: ListedCredential[];
  /** How many there are besides. */
  more: number;
  /** Whether counting ended before all were counted. */
  isCut: boolean;
}

/**
 * The credentials of a paste's texts, if others than its owner can read it; null if there are none.
 * @param published texts that they can read already: the credentials in these are not listed again
 */
export async function reportCredentials(
  texts: readonly string[],
  { visibility, published = [] }: { visibility: string; published?: readonly string[] | undefined },
): Promise<CredentialReport | null> {
  return visibility === 'private' ? null : runInSlices(reportTask(texts, published));
}

function* reportTask(
  texts: readonly string[],
  published: readonly string[],
): SlicedTask<CredentialReport | null> {
  const known = yield* knownCredentials(published);
  const listed: ListedCredential[] = [];
  // Several of a kind in one line are listed as one.
  const places = new Set<string>();
  for (const [file, text] of texts.entries()) {
    for (const found of findCredentials(text, { limit: MAX_FOUND })) {
      yield;
      if (!found) continue;
      const { kind, line, from, to } = found;
      const place = `${file}.${line}.${kind}`;
      if (known.has(text.slice(from, to)) || places.has(place)) continue;
      places.add(place);
      if (places.size <= MAX_LISTED) listed.push({ file, line, kind });
      if (places.size > MAX_COUNTED) return { listed, more: MAX_COUNTED - MAX_LISTED, isCut: true };
    }
  }
  return listed.length === 0 ? null : { listed, more: places.size - listed.length, isCut: false };
}
