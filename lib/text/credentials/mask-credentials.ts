import { runInSlices, type SlicedTask } from '../../core/time-slicing';
import { findCredentials } from './find-credentials';
import { knownCredentials } from './known-credentials';

export const MASK = '[removed]';

/**
 * The texts with `[removed]` in place of each credential, and otherwise unchanged.
 * @param published texts that can be read already: the credentials in these stay
 */
export function maskCredentials(
  texts: readonly string[],
  published: readonly string[] = [],
): Promise<string[]> {
  return runInSlices(maskTask(texts, published));
}

function* maskTask(texts: readonly string[], published: readonly string[]): SlicedTask<string[]> {
  const known = yield* knownCredentials(published);
  const masked: string[] = [];
  for (const text of texts) masked.push(yield* maskText(text, known));
  return masked;
}

function* maskText(text: string, known: ReadonlySet<string>): SlicedTask<string> {
  let masked = '';
  let at = 0;
  for (const found of findCredentials(text)) {
    yield;
    if (!found || known.has(text.slice(found.from, found.to))) continue;
    masked += text.slice(at, found.from) + MASK;
    at = found.to;
  }
  return masked + text.slice(at);
}
