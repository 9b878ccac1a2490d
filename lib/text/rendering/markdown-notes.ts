import type { Token } from 'markdown-it';

export interface Note {
  readonly number: number;
  /** The indexes of the tokens that open and close its definition. */
  readonly from: number;
  readonly to: number;
  /** The ids of what refers to it, so far. */
  readonly referrers: string[];
}

/** The footnotes of a text, numbered in the order in which the text that is written refers to them. */
export class Notes {
  /** Those referred to so far. */
  readonly shown: Note[] = [];
  readonly #idPrefix: string;
  readonly #definitions = new Map<string, { from: number; to: number }>();
  readonly #ends = new Map<number, number>();
  readonly #numbered = new Map<string, Note>();

  constructor(idPrefix: string) {
    this.#idPrefix = idPrefix;
  }

  /** Of two definitions of a label the first one counts. */
  define({ info: key }: Token, from: number, to: number): void {
    this.#ends.set(from, to);
    if (!this.#definitions.has(key)) this.#definitions.set(key, { from, to });
  }

  /** Where the definition ends that begins at this token. */
  endOf(at: number): number | undefined {
    return this.#ends.get(at);
  }

  /** Numbers the note that this token refers to, and counts the reference. */
  refer({ info: key }: Token): { note: Note; id: string } | null {
    const note = this.#numbered.get(key) ?? this.#show(key);
    if (!note) return null;
    const count = note.referrers.length;
    // No heading's id has a dot.
    const id = `${this.#idPrefix}fnref.${note.number}${count > 0 ? `.${count + 1}` : ''}`;
    note.referrers.push(id);
    return { note, id };
  }

  idOf({ number }: Note): string {
    return `${this.#idPrefix}fn.${number}`;
  }

  #show(key: string): Note | null {
    const definition = this.#definitions.get(key);
    if (!definition) return null;
    const note = { ...definition, number: this.shown.length + 1, referrers: [] };
    this.shown.push(note);
    this.#numbered.set(key, note);
    return note;
  }
}
