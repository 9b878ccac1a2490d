import { isHighSurrogate, isLowSurrogate } from './surrogates';

/*
 * Characters that show nothing, or that change the order of what stands around them. Most have a good use in
 * some script or in emoji; only those without one here are reported.
 */
export const CANDIDATE =
  '[\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0001}\\u{e0020}-\\u{e007f}]';
const CANDIDATES = new RegExp(CANDIDATE, 'gu');
/** As above, in code units, which is quicker; U+DB40 begins the tags and some variation selectors. */
const ANY_CANDIDATE =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\udb40]/;

/** Embeddings, overrides and isolates: used by the Trojan Source attack. */
export const BIDI_CONTROL = /[\u202a-\u202e\u2066-\u2069]/;
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
/** These affect the order no more than a visible right-to-left letter beside them. */
const BIDI_MARK = /[\u061c\u200e\u200f]/;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

const JOINER = /[\u200c\u200d]/;
const JOINED_EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\p{Extended_Pictographic}$/u;
/** Scripts whose letters take other forms beside a joiner or a non-joiner. */
const SHAPED =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Tibetan}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Balinese}\p{Script=Javanese}]/u;
/** Scripts that are written without spaces, and mark where words may be broken. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const TAG = /[\u{e0020}-\u{e007f}]/u;
const BLACK_FLAG = '\u{1f3f4}';
const MAX_REMEMBERED = 1_000;

export type InvisibleKind = 'bidi_controls' | 'zero_width';

interface Candidate {
  character: string;
  /** Where it stands in the text. */
  at: number;
  /** Null where it is used as its script, or an emoji, uses it. */
  kind: InvisibleKind | null;
}

/** Whether the text could have such characters: quick, and false for nearly every text. */
export function mayHaveInvisible(text: string): boolean {
  return ANY_CANDIDATE.test(text);
}

/** All candidates of the text in order; takes time proportional to the length of the text. */
export function* findCandidates(text: string): Generator<Candidate> {
  const isRightToLeftLine = lineTest(text, RIGHT_TO_LEFT);
  const uses = new Map<string, boolean>();
  let flagEnd = -1;
  for (const { 0: character, index: at } of text.matchAll(CANDIDATES)) {
    if (BIDI.test(character)) {
      const isUsed = BIDI_MARK.test(character) && isRightToLeftLine(at);
      yield { character, at, kind: isUsed ? null : 'bidi_controls' };
      continue;
    }
    const before = codePointBefore(text, at);
    const around = before + String.fromCodePoint(text.codePointAt(at + character.length) ?? 0);
    const isFlag = TAG.test(character) && (at === flagEnd || before === BLACK_FLAG);
    if (isFlag) flagEnd = at + character.length;
    const known = uses.get(character + around);
    const isUsed = known ?? hasUse(character, around);
    if (known === undefined && uses.size < MAX_REMEMBERED) uses.set(character + around, isUsed);
    const isByteOrderMark = character === '\ufeff' && at === 0;
    yield { character, at, kind: isUsed || isFlag || isByteOrderMark ? null : 'zero_width' };
  }
}

/** As `U+202E`. */
export function codePointLabel(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Whether the character has a use between the two characters `around` it. */
function hasUse(character: string, around: string): boolean {
  if (character === '\u200b') return UNSPACED.test(around);
  if (character === '\u180e') return /\p{Script=Mongolian}/u.test(around);
  if (character === '\u200d' && JOINED_EMOJI.test(around)) return true;
  return JOINER.test(character) && SHAPED.test(around);
}

function codePointBefore(text: string, at: number): string {
  const isPair = isLowSurrogate(text.charCodeAt(at - 1)) && isHighSurrogate(text.charCodeAt(at - 2));
  return text.slice(Math.max(0, at - (isPair ? 2 : 1)), at);
}

/** Whether the line of a place matches; each line is looked at once, so places must be asked for in order. */
function lineTest(text: string, pattern: RegExp): (at: number) => boolean {
  let end = -1;
  let matches = false;
  return (at) => {
    if (at > end) {
      const start = text.lastIndexOf('\n', at) + 1;
      const newline = text.indexOf('\n', at);
      end = newline < 0 ? text.length : newline;
      matches = pattern.test(text.slice(start, end));
    }
    return matches;
  };
}
