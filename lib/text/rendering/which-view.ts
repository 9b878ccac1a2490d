export type View = 'markdown' | 'json' | 'csv';

/** How a file can be shown other than as its source. */
export function viewFor({
  name,
  language,
}: {
  readonly name: string;
  readonly language: string;
}): View | null {
  if (language === 'markdown') return 'markdown';
  if (language === 'json' || language === 'json-ld') return 'json';
  return language === 'text' && /\.(?:csv|tsv)$/i.test(name.trim()) ? 'csv' : null;
}

/** What the name of a table file says of its delimiter. */
export function delimiterFor(name: string): '\t' | undefined {
  return /\.tsv$/i.test(name.trim()) ? '\t' : undefined;
}
