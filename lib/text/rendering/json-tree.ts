import { tokenClasses } from '../highlight/token-classes';
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

export interface JsonLabels {
  readonly keys: (count: number) => string;
  readonly items: (count: number) => string;
  /** For what is left out at the end of a long list. */
  readonly more: (count: number) => string;
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
}): string | null {
  const source = text.replace(/^\uFEFF/, '');
  if (source.length > JSON_MAX || !isJson(source)) return null;
  const tree = new JsonTree(labels);
  for (const token of scanJson(source)) tree.add(token);
  return tree.finish();
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
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
  #key = '';
  #nodes = 0;
  #size = 0;

  constructor(labels: JsonLabels) {
    this.#labels = labels;
  }

  add({ kind, text }: JsonToken): void {
    const parent = this.#frames.at(-1);
    if (kind === 'close') this.#close(parent);
    else if (kind === 'key') this.#key = text;
    else if (!this.#count(parent)) this.#skip(kind, parent);
    else if (kind === 'open') this.#open(text, this.#name(parent));
    else this.#write(`<li>${this.#name(parent)}${value(text, kind === 'string')}</li>`);
  }

  finish(): string {
    return `<ul class="tree" dir="ltr">${this.#pieces.join('')}</ul>`;
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
    if (parent.bracket === '{') return `${span(tokenClasses.property, readable(this.#key))}: `;
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
    this.#put(frame.place, this.#beginning(frame));
    const { showsChildren, count, shown } = frame;
    if (!showsChildren || count === 0) return;
    if (count > shown) {
      this.#write(`<li class="tree-more">${escapeHtml(this.#labels.more(count - shown))}</li>`);
    }
    this.#write('</ul></details></li>');
  }

  #beginning({ bracket, begin, showsChildren, count }: Frame): string {
    const [open, close] = bracket === '{' ? ['{', '}'] : ['[', ']'];
    if (count === 0) return `<li>${begin}${open}${close}</li>`;

    const { keys, items } = this.#labels;
    const label = escapeHtml((bracket === '{' ? keys : items)(count));
    const summary = `${begin}${open} <span class="tree-count">${label}</span> ${close}`;
    if (!showsChildren) return `<li>${summary} …</li>`;

    const depth = this.#frames.length;
    const isOpen = depth === 0 || (depth < OPEN_DEPTH && count <= OPEN_CHILDREN);
    return `<li><details${isOpen ? ' open' : ''}><summary>${summary}</summary><ul>`;
  }

  #write(piece: string): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
  }

  #put(place: number, piece: string): void {
    this.#pieces[place] = piece;
    this.#size += piece.length;
  }
}

function value(text: string, isString: boolean): string {
  return isString ? span(tokenClasses.string, readable(text)) : span(tokenClasses.number, text);
}

function span(className: string, text: string): string {
  return `<span class="${className}" dir="auto">${escapeHtml(shorten(text, VALUE_MAX))}</span>`;
}

/** A string with its escapes resolved where what they stand for can be seen. */
function readable(written: string): string {
  if (written.length > VALUE_MAX * 6 || !written.includes('\\u')) return written;
  const decoded = JSON.stringify(JSON.parse(written));
  return /[\p{Cf}\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u.test(decoded) ? written : decoded;
}
