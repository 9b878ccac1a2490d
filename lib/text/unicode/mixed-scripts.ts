import type { SlicedTask } from '../../core/time-slicing';

/** Cyrillic and Greek letters that look like a Latin one. */
const LIKE_LATIN = new Set('АВЕЅІЈКМНОРСТУХԌԚԜаеѕіјорсухһԁԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ');
/** Latin letters that look like a Cyrillic one. */
const LIKE_CYRILLIC = new Set('ABCEHIJKMOPSTXYaceijopsxy');
const BEYOND_LATIN_1 = /[\u0100-\uffff]/;
/** A text with more words of several alphabets is not one that hides a few. */
const MAX_CHECKED = 20_000;
/** No identifier is longer. */
const MAX_WORD = 256;
const STEP = 8 * 1024;

export interface MixedWord {
  word: string;
  /** Where it stands in the text. */
  at: number;
}

/**
 * Words in which letters of one alphabet pass for letters of another (`раypal` with a Cyrillic `р` and `а`).
 * A word that visibly uses two alphabets, like `Δx`, does not count. At most `max` different ones; takes time
 * proportional to the length of the text.
 */
export function* findMixedWords(text: string, max: number): SlicedTask<MixedWord[]> {
  if (!BEYOND_LATIN_1.test(text)) return [];
  const found = new Map<string, MixedWord>();
  let start = 0;
  let hasLatin = false;
  let hasOther = false;
  let checked = 0;
  for (let at = 0; at <= text.length && found.size < max && checked < MAX_CHECKED; at += 1) {
    if (at % STEP === 0) yield;
    const role = roleOf(text.charCodeAt(at));
    if (role === 'latin') hasLatin = true;
    else if (role === 'other') hasOther = true;
    else if (role === 'break') {
      if (hasLatin && hasOther && at - start <= MAX_WORD) {
        checked += 1;
        const word = text.slice(start, at);
        if (!found.has(word) && isDeceptive(word)) found.set(word, { word, at: start });
      }
      start = at + 1;
      hasLatin = false;
      hasOther = false;
    }
  }
  return [...found.values()];
}

/** What a code unit is to a word; NaN, past the end of the text, is a break. */
function roleOf(code: number): 'latin' | 'other' | 'inside' | 'break' {
  if (code < 0x80) {
    const small = code | 0x20;
    if (small >= 0x61 && small <= 0x7a) return 'latin';
    return (code >= 0x30 && code <= 0x39) || code === 0x5f || code === 0x24 ? 'inside' : 'break';
  }
  if (code >= 0xc0 && code <= 0x24f) return code === 0xd7 || code === 0xf7 ? 'break' : 'latin';
  if (code >= 0x300 && code <= 0x36f) return 'inside';
  return code >= 0x370 && code <= 0x52f ? 'other' : 'break';
}

function isDeceptive(word: string): boolean {
  const latin: string[] = [];
  const other: string[] = [];
  for (const letter of word) {
    const role = roleOf(letter.charCodeAt(0));
    if (role === 'latin') latin.push(letter);
    else if (role === 'other') other.push(letter);
  }
  if (other.every((letter) => LIKE_LATIN.has(letter))) return true;
  return other.every(isCyrillic) && latin.every((letter) => LIKE_CYRILLIC.has(letter));
}

function isCyrillic(letter: string): boolean {
  return letter.charCodeAt(0) >= 0x400;
}
