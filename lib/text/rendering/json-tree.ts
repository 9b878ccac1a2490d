import { tokenClasses } from '../highlight/token-classes';
import { isJson } from '../is-json';
import { escapeHtml, shorten } from './escape-html';
import { type JsonToken, scanJson } from './json-scan';

export const JSON_MAX = 1024 * 1024;
const DEPTH_MAX = 100;
const NODES_MAX = 10_000;
const CHILDREN_MAX = 1_000;
const VALUE_MAX = 2_000;
const SIZE_MAX = 1024 * 1024;
const OPEN_DEPTH = 2;
const OPEN_CHILDREN = 100;
/** A tree with at most so many nodes is open down to a deeper level. */
const OPEN_NODES = 100;
const OPEN_NODES_DEPTH = 8;

export interface JsonLabels {
  readonly keys: (count: number) => string;
  readonly items: (count: number) => string;
  /** For what is left out at the end of a long list. */
  readonly more: (count: number) => string;
}

export interface JsonTreeHtml {
  readonly html: string;
  /** Whether all of the text is in it. */
  readonly isWhole: boolean;
}

const numbersOnly: JsonLabels = { keys: String, items: String, more: (count) => `+${count}` };

/**
 * A JSON text as nested lists that fold without a script. Numbers stay as they are written, and a key that
 * occurs twice is shown twice. Null if the text is not JSON, or too large.
 */
export function renderJsonTree({
  text,
  labels = numbersOnly,
}: {
  readonly text: string;
  readonly labels?: JsonLabels;
}): JsonTreeHtml | null {
  const source = text.replace(/^\uFEFF/, '');
  if (source.length > JSON_MAX || !isJson(source)) return null;
  const tree = new JsonTree(labels);
  for (const token of scanJson(source)) tree.add(token);
  return tree.finish();
}

interface Frame {
  readonly bracket: string;
  readonly begin: string;
  /** Where among the pieces its beginning goes when its children are counted. */
  readonly place: number;
  readonly showsChildren: boolean;
  count: number;
  shown: number;
  /** How many brackets are open within it that are left out. */
  hidden: number;
}

class JsonTree {
  readonly #labels: JsonLabels;
  readonly #pieces: string[] = [];
  readonly #frames: Frame[] = [];
  /** Where among the pieces the beginnings of lists are that are open in a small tree only. */
  readonly #folded: number[] = [];
  #key = '';
  #nodes = 0;
  #size = 0;
  #isWhole = true;

  constructor(labels: JsonLabels) {
    this.#labels = labels;
  }

  add({ kind, text }: JsonToken): void {
    const parent = this.#frames.at(-1);
    if (kind === 'close') this.#close(parent);
    else if (kind === 'key') this.#key = text;
    else if (!this.#count(parent)) this.#skip(kind, parent);
    else if (kind === 'open') this.#open(text, this.#name(parent));
    else this.#write(`<li>${this.#name(parent)}${this.#value(text, kind === 'string')}</li>`);
  }

  finish(): JsonTreeHtml {
    const pieces = this.#pieces;
    if (this.#nodes <= OPEN_NODES)
      for (const at of this.#folded) pieces[at] = pieces[at]?.replace('<details>', '<details open>') ?? '';
    return { html: `<ul class="tree" dir="ltr">${pieces.join('')}</ul>`, isWhole: this.#isWhole };
  }

  #count(parent: Frame | undefined): boolean {
    if (!parent) return true;
    if (parent.hidden > 0) return false;
    parent.count++;
    const hasRoom = this.#nodes < NODES_MAX && this.#size < SIZE_MAX && parent.shown < CHILDREN_MAX;
    if (!parent.showsChildren || !hasRoom) return false;
    parent.shown++;
    this.#nodes++;
    return true;
  }

  #name(parent: Frame | undefined): string {
    if (!parent) return '';
    if (parent.bracket === '{') return `${this.#span(tokenClasses.property, readable(this.#key))}: `;
    return `<span class="tree-index">${parent.count - 1}</span> `;
  }

  #skip(kind: JsonToken['kind'], parent: Frame | undefined): void {
    if (kind === 'open' && parent) parent.hidden++;
  }

  #open(bracket: string, begin: string): void {
    const place = this.#pieces.push('') - 1;
    const showsChildren = this.#frames.length < DEPTH_MAX;
    this.#frames.push({ bracket, begin, place, showsChildren, count: 0, shown: 0, hidden: 0 });
  }

  #close(frame: Frame | undefined): void {
    if (!frame) return;
    if (frame.hidden > 0) {
      frame.hidden--;
      return;
    }
    this.#frames.pop();
    const { place, showsChildren, count, shown } = frame;
    const isFolded = !this.#isOpen(count);
    this.#put(place, this.#beginning(frame, isFolded));
    if (count === 0) return;
    if (!showsChildren) {
      this.#isWhole = false;
      return;
    }
    if (isFolded && this.#frames.length < OPEN_NODES_DEPTH) this.#folded.push(place);
    if (count > shown) {
      this.#isWhole = false;
      this.#write(`<li class="tree-more">${escapeHtml(this.#labels.more(count - shown))}</li>`);
    }
    this.#write('</ul></details></li>');
  }

  /** Whether a list of the level that was just left is open. */
  #isOpen(count: number): boolean {
    const depth = this.#frames.length;
    return depth === 0 || (depth < OPEN_DEPTH && count <= OPEN_CHILDREN);
  }

  #beginning({ bracket, begin, showsChildren, count }: Frame, isFolded: boolean): string {
    const [open, close] = bracket === '{' ? ['{', '}'] : ['[', ']'];
    if (count === 0) return `<li>${begin}${open}${close}</li>`;

    const { keys, items } = this.#labels;
    const label = escapeHtml((bracket === '{' ? keys : items)(count));
    const summary = `${begin}${open} <span class="tree-count">${label}</span> ${close}`;
    if (!showsChildren) return `<li>${summary} …</li>`;

    return `<li><details${isFolded ? '' : ' open'}><summary>${summary}</summary><ul>`;
  }

  #write(piece: string): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
  }

  #put(place: number, piece: string): void {
    this.#pieces[place] = piece;
    this.#size += piece.length;
  }

  #value(text: string, isString: boolean): string {
    return isString ? this.#span(tokenClasses.string, readable(text)) : this.#span(tokenClasses.number, text);
  }

  #span(className: string, text: string): string {
    if (text.length > VALUE_MAX) this.#isWhole = false;
    return `<span class="${className}" dir="auto">${escapeHtml(shorten(text, VALUE_MAX))}</span>`;
  }
}

/** A string with its escapes resolved where what they stand for can be seen. */
function readable(written: string): string {
  if (written.length > VALUE_MAX * 6 || !written.includes('\\u')) return written;
  const decoded = JSON.stringify(JSON.parse(written));
  return /[\p{Cf}\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u.test(decoded) ? written : decoded;
}
