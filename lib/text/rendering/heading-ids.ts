const SLUG_MAX = 100;

/** Ids as authors of links within a text expect them: `Getting started!` is `getting-started`. */
export class HeadingIds {
  readonly #prefix: string;
  readonly #taken = new Set<string>();
  readonly #next = new Map<string, number>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  idFor(text: string): string {
    const slug = slugOf(text);
    let id = slug;
    let number = this.#next.get(slug) ?? 1;
    while (this.#taken.has(id)) id = `${slug}-${number++}`;
    this.#next.set(slug, number);
    this.#taken.add(id);
    return this.#prefix + id;
  }
}

function slugOf(text: string): string {
  const slug = text
    .slice(0, SLUG_MAX)
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
  return slug || 'section';
}
