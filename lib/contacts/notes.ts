import { PHONE_NUMBER, phoneKey } from './compare-phones';
import { MAX_INFO_LENGTH } from './schema';

/** Within one line; each line has its own numbers. */
const PHONE_LIKE = /\+?\(?\d[\d \t\u00a0().\u2010-\u2015-]*/g;
/** In UTF-16 units, of which a character has at most two: longer notes always exceed the limit. */
export const SURELY_TOO_LONG = 2 * MAX_INFO_LENGTH;

/** Notes to which lines are added, with an index of what they contain. */
export class Notes {
  #text: string;
  readonly #lines = new Set<string>();
  readonly #words = new Set<string>();
  readonly #phones = new Set<string>();

  constructor(text: string) {
    this.#text = text;
    this.#index(text);
  }

  get text(): string {
    return this.#text;
  }

  /** Whether they contain a line, an email address or a phone number, in any notation. */
  has(line: string): boolean {
    const bare = line.trim();
    // Notes have no such line.
    if (bare.length > SURELY_TOO_LONG) return false;
    const wanted = bare.toLowerCase();
    if (wanted === '' || this.#lines.has(wanted) || this.#words.has(wanted)) return true;
    return PHONE_NUMBER.test(wanted) && this.#phones.has(phoneKey(wanted));
  }

  /** The text with one more line. */
  with(line: string): string {
    return this.#text === '' ? line : `${this.#text.trimEnd()}\n${line}`;
  }

  add(line: string): void {
    this.#text = this.with(line);
    this.#index(line);
  }

  #index(text: string): void {
    const lower = text.toLowerCase();
    for (const line of lower.split('\n')) this.#lines.add(line.trim());
    for (const word of lower.split(/[\s,;<>()]+/)) this.#words.add(word);
    for (const number of text.match(PHONE_LIKE) ?? []) this.#phones.add(phoneKey(number));
  }
}

/** Adds the lines that the text does not contain; stops when it is too long for notes. */
export function addLines(text: string, lines: readonly string[]): string {
  if (lines.length === 0 || text.length > SURELY_TOO_LONG) return text;
  const notes = new Notes(text);
  for (const line of lines) {
    if (!notes.has(line)) notes.add(line);
    if (notes.text.length > SURELY_TOO_LONG) break;
  }
  return notes.text;
}

/** Whether a text has at most `max` characters; does not count those of a text that is far too long. */
export function hasAtMost(text: string, max: number): boolean {
  if (text.length <= max) return true;
  return text.length <= 2 * max && [...text].length <= max;
}
