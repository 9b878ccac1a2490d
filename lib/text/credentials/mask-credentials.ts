import { findCredentials } from './find-credentials';
import { knownCredentials } from './known-credentials';

export const MASK = '[removed]';

/**
 * The texts with `[removed]` in place of each credential, and otherwise unchanged.
 * @param published texts that can be read already: the credentials in these stay
 */
export function maskCredentials(texts: readonly string[], published: readonly string[] = []): string[] {
  const known = knownCredentials(published);
  return texts.map((text) => {
    let masked = '';
    let at = 0;
    for (const { from, to } of findCredentials(text)) {
      if (known.has(text.slice(from, to))) continue;
      masked += text.slice(at, from) + MASK;
      at = to;
    }
    return masked + text.slice(at);
  });
}
