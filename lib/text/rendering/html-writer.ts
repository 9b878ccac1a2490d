import { escapeHtml } from './escape-html';
import { TooExpensiveError } from './meter';

const SIZE_MAX = 2 * 1024 * 1024;
const DEPTH_MAX = 120;

type Attributes = Readonly<Record<string, string | undefined>>;

/** Writes HTML that is well-formed, escaped and bounded, for any input. */
export class HtmlWriter {
  readonly #pieces: string[] = [];
  readonly #open: string[] = [];
  #size = 0;

  open(tag: string, attributes: Attributes = {}): void {
    if (this.#open.length >= DEPTH_MAX) throw new TooExpensiveError('nested too deep');
    this.#open.push(tag);
    this.void(tag, attributes);
  }

  close(): void {
    const tag = this.#open.pop();
    if (tag) this.#push(`</${tag}>`);
  }

  /** An element without content, or the beginning of one that is closed elsewhere. */
  void(tag: string, attributes: Attributes = {}): void {
    let written = `<${tag}`;
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) written += value === '' ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`;
    }
    this.#push(`${written}>`);
  }

  text(text: string): void {
    this.#push(escapeHtml(text));
  }

  /** Markup that is safe already. */
  markup(html: string): void {
    this.#push(html);
  }

  finish(): string {
    while (this.#open.length > 0) this.close();
    return this.#pieces.join('');
  }

  #push(piece: string): void {
    this.#size += piece.length;
    if (this.#size > SIZE_MAX) throw new TooExpensiveError('too much HTML');
    this.#pieces.push(piece);
  }
}
