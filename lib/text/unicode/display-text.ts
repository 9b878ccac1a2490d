import { findCandidates, mayHaveInvisible } from './invisible-characters';

const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A title or a name without the characters that would reorder what stands around them, and without invisible
 * ones that have no use where they are. For display only.
 */
export function withoutInvisible(text: string): string {
  if (!mayHaveInvisible(text)) return text;
  let shown = '';
  let written = 0;
  for (const { character, at, kind } of findCandidates(text)) {
    if (kind === null) continue;
    shown += text.slice(written, at);
    written = at + character.length;
  }
  return (shown + text.slice(written)).replace(BIDI_CONTROLS, '');
}

const INK = /[^\p{Z}\p{C}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u;

/** A title or a name as it is displayed; empty if there is nothing in it to be seen. */
export function visibleText(text: string): string {
  const shown = withoutInvisible(text).trim();
  return INK.test(shown) ? shown : '';
}
