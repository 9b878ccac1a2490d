import type { View } from '@/lib/text/rendering/which-view';

export type Shown = 'source' | 'rendered';

interface Choice {
  /** `?view=` of the page: `source` or `rendered` for all files, or for one as in `source-2`. */
  query: string | undefined;
  kind: View | null;
  fileNumber: number;
}

/** Markdown is rendered by default; data is shown as source. */
export function chooseView({ query, kind, fileNumber }: Choice): Shown {
  if (kind === null) return 'source';
  const [, wanted, of] = /^(source|rendered)(?:-(\d{1,2}))?$/.exec(query ?? '') ?? [];
  if (wanted !== undefined && (of === undefined || Number(of) === fileNumber)) return wanted as Shown;
  return kind === 'markdown' ? 'rendered' : 'source';
}

interface Link {
  view: Shown;
  kind: View;
  fileNumber: number;
  isSingle: boolean;
}

/** The URL of the page with this view of the file. */
export function viewHref(path: string, { view, kind, fileNumber, isSingle }: Link): string {
  const isDefault = chooseView({ query: undefined, kind, fileNumber }) === view;
  const query = isDefault ? '' : `?view=${view}${isSingle ? '' : `-${fileNumber}`}`;
  return `${path}${query}${isSingle ? '' : `#file-${fileNumber}`}`;
}
