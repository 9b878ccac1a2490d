import type { RememberedViews } from '@/lib/text/rendering/remembered-views';
import type { View } from '@/lib/text/rendering/which-view';

export type Shown = 'source' | 'rendered';

interface Choice {
  /** `?view=` of the page: `source` or `rendered` for all files, or for one as in `source-2`. */
  query: string | undefined;
  kind: View | null;
  fileNumber: number;
  /** What this reader chose before. */
  views: RememberedViews;
}

/** The view that the address names, else the one that this reader chose last for texts of this kind. */
export function chooseView({ query, kind, fileNumber, views }: Choice): Shown {
  if (kind === null) return 'source';
  const [, wanted, of] = /^(source|rendered)(?:-(\d{1,2}))?$/.exec(query ?? '') ?? [];
  if (wanted !== undefined && (of === undefined || Number(of) === fileNumber)) return wanted as Shown;
  return views[kind];
}

interface Link {
  view: Shown;
  /** What the page shows where its address names no view. */
  usual: Shown;
  fileNumber: number;
  isSingle: boolean;
}

/** The URL of the page with this view of the file. */
export function viewHref(path: string, { view, usual, fileNumber, isSingle }: Link): string {
  const query = view === usual ? '' : `?view=${view}${isSingle ? '' : `-${fileNumber}`}`;
  return `${path}${query}${isSingle ? '' : `#file-${fileNumber}`}`;
}
