import type { Token } from 'markdown-it';
import { HeadingIds } from './heading-ids';
import { HtmlWriter } from './html-writer';
import { plainText, writeInline } from './markdown-inline';
import type { Meter } from './meter';

const WIDE_LINE = 60;
const containers: ReadonlyMap<string, string> = new Map([
  ['blockquote_open', 'blockquote'],
  ['bullet_list_open', 'ul'],
]);
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
}

interface BlockOptions {
  readonly idPrefix: string;
  readonly labels: MarkdownLabels;
  /** The inside of fences, in colour. */
  readonly highlighted: ReadonlyMap<Token, string>;
}

/** Writes blocks as HTML of a fixed set of elements; unknown ones become text. */
export async function writeMarkdown(
  tokens: readonly Token[],
  meter: Meter,
  options: BlockOptions,
): Promise<string> {
  const writer = new BlockWriter(tokens, options);
  for (let at = 0; at < tokens.length; at++) {
    writer.write(at);
    meter.step();
    await meter.restWhenDue();
  }
  return writer.finish();
}

class BlockWriter {
  readonly #tokens: readonly Token[];
  readonly #options: BlockOptions;
  readonly #out = new HtmlWriter();
  readonly #ids: HeadingIds;
  /** Per open block whether it is a list item. */
  readonly #items: boolean[] = [];
  #tables = 0;

  constructor(tokens: readonly Token[], options: BlockOptions) {
    this.#tokens = tokens;
    this.#options = options;
    this.#ids = new HeadingIds(options.idPrefix);
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
        this.#out.open(demoted(token.tag), {
          id: this.#ids.idFor(plainText(this.#tokens[at + 1]?.children ?? [])),
          dir: 'auto',
        });
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

  #close(token: Token): void {
    this.#items.pop();
    this.#out.close();
    if (token.type === 'table_close') this.#out.close();
    if (token.type !== 'th_close' && token.type !== 'td_close') this.#out.text('\n');
  }

  #openTable(): void {
    const label = this.#options.labels.table(++this.#tables);
    this.#out.open('div', { class: 'md-table', role: 'region', tabindex: '0', 'aria-label': label });
    this.#out.open('table');
  }

  #inline(token: Token, at: number): void {
    const { idPrefix, labels } = this.#options;
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
    writeInline(this.#out, children, { idPrefix, imageLabel: labels.image });
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
