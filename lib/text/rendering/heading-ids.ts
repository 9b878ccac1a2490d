import GithubSlugger, { slug } from 'github-slugger';

const SLUG_MAX = 100;

/** Ids as authors of links within a text expect them: `Getting started!` is `getting-started`. */
export class HeadingIds {
  readonly #prefix: string;
  readonly #slugger = new GithubSlugger();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  idFor(text: string): string {
    return this.#prefix + this.#slugger.slug(slug(text.slice(0, SLUG_MAX).trim()) || 'section');
  }
}
