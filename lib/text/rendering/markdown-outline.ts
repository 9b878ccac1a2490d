import type { Token } from 'markdown-it';
import { shorten } from './escape-html';
import { HeadingIds } from './heading-ids';
import { plainText } from './markdown-inline';

const LONG_TEXT = 6_000;
const ENTRIES_MIN = 4;
const ENTRIES_MAX = 200;
const TITLE_MAX = 120;
const LEVELS = 3;

export interface Heading {
  readonly id: string;
  /** From 1 to 6. */
  readonly level: number;
  readonly title: string;
}

/** Gives all headings of a text their ids, in the order of `add`. */
export class Outline {
  readonly #ids: HeadingIds;
  readonly #headings = new Map<Token, Heading>();

  constructor(idPrefix: string) {
    this.#ids = new HeadingIds(idPrefix);
  }

  add(opening: Token, inline: Token | undefined): void {
    const text = plainText(inline?.children ?? []);
    this.#headings.set(opening, {
      id: this.#ids.idFor(text),
      level: Number(opening.tag.slice(1)),
      title: shorten(text.trim(), TITLE_MAX),
    });
  }

  headingOf(opening: Token): Heading | undefined {
    return this.#headings.get(opening);
  }

  /**
   * The headings to list before a text of this length: none for a short text, and as many levels as fit for a long
   * one, never a part of a level.
   */
  contents(length: number): Heading[] {
    if (length < LONG_TEXT) return [];
    const titled = [...this.#headings.values()].filter(({ title }) => title !== '');
    for (let level = LEVELS; level > 0; level--) {
      const entries = titled.filter((heading) => heading.level <= level);
      if (entries.length < ENTRIES_MIN) return [];
      if (entries.length <= ENTRIES_MAX) return entries;
    }
    return [];
  }
}
