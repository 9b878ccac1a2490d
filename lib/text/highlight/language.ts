export interface Language {
  readonly id: string;
  readonly name: string;
  /** Lower-case, without the dot; the first one names downloads. */
  readonly extensions: readonly string[];
  readonly aliases: readonly string[];
}

/** An entry of the table of languages; extensions and aliases are separated by spaces. */
export function language(id: string, name: string, extensions: string, aliases = ''): Language {
  return { id, name, extensions: words(extensions), aliases: words(aliases) };
}

function words(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}
