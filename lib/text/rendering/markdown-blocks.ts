import type { Token } from 'markdown-it';
import { HtmlWriter } from './html-writer';
import type { SiblingId } from './link-target';
import { type Alert, takeAlert } from './markdown-alerts';
import { writeInline } from './markdown-inline';
import { type Note, Notes } from './markdown-notes';
import { type Heading, Outline } from './markdown-outline';
import type { Meter } from './meter';

const WIDE_LINE = 60;
const containers: ReadonlyMap<string, string> = new Map([['bullet_list_open', 'ul']]);
const tableParts: ReadonlyMap<string, string> = new Map([
  ['thead_open', 'thead'],
  ['tbody_open', 'tbody'],
  ['tr_open', 'tr'],
]);
const task = /^\[([ xX])\]\s+/;

/** The words that a page lends to what it shows. */
export interface MarkdownLabels {
  /** Names the region around the nth table, which scrolls. */
  readonly table: (number: number) => string;
  readonly taskDone: string;
  readonly taskOpen: string;
  /** For an image without a text. */
  readonly image: string;
  readonly alert: (kind: Alert) => string;
  readonly frontMatter: string;
  /** Above the list of headings. */
  readonly contents: string;
  /** Names the link of a heading to itself. */
  readonly section: string;
  readonly footnotes: string;
  /** Names the link from a footnote to where the text refers to it. */
  readonly back: string;
}

interface BlockOptions {
  readonly idPrefix: string;
  /** The id of what a link to another file of the paste leads to. */
  readonly siblingId?: SiblingId | undefined;
  readonly labels: MarkdownLabels;
  /** The length of the text in characters. */
  readonly length: number;
  /** The inside of fences, in colour. */
  readonly highlighted: ReadonlyMap<Token, string>;
}

/** Writes blocks as HTML of a fixed set of elements; unknown ones become text. */
export async function writeMarkdown(
  tokens: readonly Token[],
  meter: Meter,
  options: BlockOptions,
): Promise<string> {
  const notes = new Notes(options.idPrefix);
  const outline = new Outline(options.idPrefix);
  const writer = new BlockWriter(tokens, { ...options, notes, outline });
  const forEach = async (from: number, to: number, work: (at: number) => void) => {
    for (let at = from; at < to; at++) {
      work(at);
      meter.step();
      await meter.restWhenDue();
    }
  };
  // Definitions stand anywhere, and are written at the end.
  let skipped = 0;
  const write = (from: number, to: number) => {
    skipped = from;
    return forEach(from, to, (at) => {
      const end = notes.endOf(at);
      if (end !== undefined) skipped = Math.max(skipped, end + 1);
      if (at >= skipped) writer.write(at);
    });
  };

  const open: number[] = [];
  await forEach(0, tokens.length, (at) => {
    const token = tokens[at] as Token;
    if (token.type === 'footnote_open') open.push(at);
    else if (token.type === 'footnote_close') {
      const from = open.pop() ?? 0;
      notes.define(tokens[from] as Token, from, at);
    } else if (token.type === 'heading_open' && open.length === 0) outline.add(token, tokens[at + 1]);
  });
  const bodyAt = tokens.findIndex(({ type }) => type === 'front_matter_close') + 1;
  await write(0, bodyAt);
  writer.contents(outline.contents(options.length));
  await write(bodyAt, tokens.length);
  // Notes may refer to further ones.
  for (const note of notes.shown) {
    const end = tokens[note.to - 1]?.type === 'paragraph_close' ? note.to - 1 : note.to;
    writer.openNote(note);
    await write(note.from + 1, end);
    writer.linkBack(note);
    await write(end, note.to);
    writer.closeNote();
  }
  return writer.finish();
}

interface WriterOptions extends BlockOptions {
  readonly notes: Notes;
  readonly outline: Outline;
}

class BlockWriter {
  readonly #tokens: readonly Token[];
  readonly #options: WriterOptions;
  readonly #out = new HtmlWriter();
  /** Per open block whether it is a list item. */
  readonly #items: boolean[] = [];
  #heading: Heading | undefined;
  #tables = 0;

  constructor(tokens: readonly Token[], options: WriterOptions) {
    this.#tokens = tokens;
    this.#options = options;
  }

  finish(): string {
    return this.#out.finish();
  }

  write(at: number): void {
    const token = this.#tokens[at];
    if (!token || (token.hidden && token.type !== 'inline')) return;
    if (token.nesting < 0) this.#close(token);
    else if (token.nesting > 0) this.#open(token, at);
    else this.#single(token, at);
  }

  /** The headings as a list of lists. */
  contents(headings: readonly Heading[]): void {
    const [first] = headings;
    if (!first) return;
    const levels: number[] = [];
    this.#openFold(this.#options.labels.contents);
    for (const { id, level, title } of headings) {
      while (levels.length > 1 && level < (levels.at(-1) ?? 0)) {
        levels.pop();
        this.#out.close();
        this.#out.close();
      }
      if (levels.length === 0 || level > (levels.at(-1) ?? 0)) {
        levels.push(level);
        this.#out.open('ul', { dir: 'auto' });
      } else {
        levels[levels.length - 1] = level;
        this.#out.close();
      }
      this.#out.open('li', { dir: 'auto' });
      this.#out.open('a', { href: fragment(id) });
      this.#out.text(title);
      this.#out.close();
    }
    for (const _ of levels) {
      this.#out.close();
      this.#out.close();
    }
    this.#out.close();
    this.#out.text('\n');
  }

  openNote(note: Note): void {
    const { labels, notes } = this.#options;
    if (note.number === 1)
      this.#out.open('ol', { class: 'md-notes', 'aria-label': labels.footnotes, dir: 'auto' });
    this.#items.push(true);
    this.#out.open('li', { id: notes.idOf(note), dir: 'auto' });
  }

  linkBack({ referrers }: Note): void {
    for (const [index, id] of referrers.entries()) {
      this.#out.text(' ');
      this.#out.open('a', {
        href: fragment(id),
        role: 'doc-backlink',
        'aria-label': `${this.#options.labels.back}${index > 0 ? ` ${index + 1}` : ''}`,
      });
      // The selector keeps phones from drawing an emoji.
      this.#out.text('↩\ufe0e');
      this.#out.close();
    }
  }

  closeNote(): void {
    this.#items.pop();
    this.#out.close();
    this.#out.text('\n');
  }

  #single(token: Token, at: number): void {
    if (token.type === 'inline') this.#inline(token, at);
    else if (token.type === 'hr') this.#out.void('hr');
    else this.#code(token);
  }

  #open(token: Token, at: number): void {
    const isDirectInItem = this.#items.at(-1) === true;
    this.#items.push(token.type === 'list_item_open');
    switch (token.type) {
      case 'paragraph_open':
        // An item takes its direction from its text, which must not have one of its own then.
        this.#out.open('p', { dir: isDirectInItem ? undefined : 'auto' });
        break;
      case 'heading_open':
        this.#heading = this.#options.outline.headingOf(token);
        this.#out.open(demoted(token.tag), { id: this.#heading?.id, dir: 'auto' });
        break;
      case 'blockquote_open':
        this.#openQuote(at);
        break;
      case 'front_matter_open':
        this.#openFold(this.#options.labels.frontMatter);
        break;
      case 'ordered_list_open':
        this.#out.open('ol', { dir: 'auto', start: numberOf(token.attrGet('start')) });
        break;
      case 'list_item_open':
        this.#out.open('li', { dir: 'auto', class: this.#taskIn(at + 2) ? 'md-task' : undefined });
        break;
      case 'table_open':
        this.#openTable();
        break;
      case 'th_open':
        this.#out.open('th', { scope: 'col', dir: 'auto', class: alignment(token) });
        break;
      case 'td_open':
        this.#out.open('td', { dir: 'auto', class: alignment(token) });
        break;
      default:
        this.#openPlain(token.type);
    }
  }

  #openPlain(type: string): void {
    const part = tableParts.get(type);
    if (part) this.#out.open(part);
    else this.#out.open(containers.get(type) ?? 'div', { dir: 'auto' });
  }

  #openQuote(at: number): void {
    const alert = takeAlert(this.#tokens, at);
    if (!alert) {
      this.#out.open('blockquote', { dir: 'auto' });
      return;
    }
    this.#out.open('div', { class: 'md-alert', 'data-alert': alert, dir: 'auto' });
    this.#out.open('p', { class: 'md-alert-title' });
    this.#out.text(this.#options.labels.alert(alert));
    this.#out.close();
    this.#out.text('\n');
  }

  #openFold(summary: string): void {
    this.#out.open('details', { class: 'md-fold' });
    this.#out.open('summary');
    this.#out.text(summary);
    this.#out.close();
  }

  #close(token: Token): void {
    this.#items.pop();
    if (token.type === 'heading_close' && this.#heading) this.#linkSection(this.#heading);
    this.#out.close();
    if (token.type === 'table_close') this.#out.close();
    if (token.type !== 'th_close' && token.type !== 'td_close') this.#out.text('\n');
  }

  #linkSection({ id }: Heading): void {
    // Never on a line of its own.
    this.#out.text('\u00a0');
    this.#out.open('a', {
      class: 'md-anchor',
      href: fragment(id),
      'aria-label': this.#options.labels.section,
    });
    this.#out.close();
  }

  #openTable(): void {
    const label = this.#options.labels.table(++this.#tables);
    this.#out.open('div', { class: 'md-table', role: 'region', tabindex: '0', 'aria-label': label });
    this.#out.open('table');
  }

  #inline(token: Token, at: number): void {
    const { idPrefix, siblingId, labels, notes } = this.#options;
    const children = token.children ?? [];
    const found = this.#tokens[at - 2]?.type === 'list_item_open' ? this.#taskIn(at) : null;
    const [first] = children;
    if (found && first) {
      const isDone = found[1] !== ' ';
      this.#out.void('input', {
        type: 'checkbox',
        disabled: '',
        checked: isDone ? '' : undefined,
        'aria-label': isDone ? labels.taskDone : labels.taskOpen,
      });
      this.#out.text(' ');
      first.content = first.content.slice(found[0].length);
    }
    writeInline(this.#out, children, { idPrefix, siblingId, imageLabel: labels.image, notes });
  }

  #taskIn(at: number): RegExpExecArray | null {
    const token = this.#tokens[at];
    if (token?.type !== 'inline' || this.#tokens[at - 1]?.type !== 'paragraph_open') return null;
    const first = token.children?.[0];
    return first?.type === 'text' ? task.exec(first.content) : null;
  }

  #code(token: Token): void {
    const isWide = token.content.split('\n').some((line) => line.length > WIDE_LINE);
    this.#out.open('pre', { dir: 'ltr', translate: 'no', tabindex: isWide ? '0' : undefined });
    this.#out.open('code');
    const highlighted = this.#options.highlighted.get(token);
    if (highlighted === undefined) this.#out.text(token.content);
    else this.#out.markup(highlighted);
    this.#out.close();
    this.#out.close();
    this.#out.text('\n');
  }
}

function fragment(id: string): string {
  return `#${encodeURIComponent(id)}`;
}

/** The page has its first heading already. */
function demoted(tag: string): string {
  return `h${Math.min(6, Number(tag.slice(1)) + 1)}`;
}

function numberOf(value: string | number | null): string | undefined {
  return value === null ? undefined : String(Number(value));
}

function alignment(token: Token): string | undefined {
  const found = /^text-align:(left|center|right)$/.exec(String(token.attrGet('style')));
  return found ? `md-${found[1]}` : undefined;
}
