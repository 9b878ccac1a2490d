import type { RememberedViews } from '@/lib/text/rendering/remembered-views';
import type { View } from '@/lib/text/rendering/which-view';

export type Shown = 'source' | 'rendered';

/** `auto`: see `RememberedViews`. */
type Wanted = Shown | 'auto';

interface Choice {
  /** `?view=` of the page: `source` or `rendered` for all files, or for one as in `source-2`. */
  query: string | undefined;
  kind: View | null;
  fileNumber: number;
  /** What this reader chose before. */
  views: RememberedViews;
}

/** The view that the address names, else the one that this reader chose last for texts of this kind. */
export function chooseView({ query, kind, fileNumber, views }: Choice): Wanted {
  if (kind === null) return 'source';
  const [, wanted, of] = /^(source|rendered)(?:-(\d{1,2}))?$/.exec(query ?? '') ?? [];
  if (wanted !== undefined && (of === undefined || Number(of) === fileNumber)) return wanted as Shown;
  return views[kind];
}

/** @param rendered null if the text could not be rendered */
export function shownView(wanted: Wanted, rendered: { isDefault: boolean } | null): Shown {
  if (wanted !== 'auto') return wanted;
  return rendered?.isDefault ? 'rendered' : 'source';
}

interface Tried {
  wanted: Wanted;
  /** As in `shownView`; not tried if `wanted` is the source. */
  rendered: { isDefault: boolean } | null;
}

/** What is shown where the address names no view; null if that is not known. */
export function usualView(remembered: Wanted, { wanted, rendered }: Tried): Shown | null {
  return remembered === 'auto' && wanted === 'source' ? null : shownView(remembered, rendered);
}

interface Link {
  view: Shown;
  /** What the page shows where its address names no view; null if that is not known. */
  usual: Shown | null;
  fileNumber: number;
  isSingle: boolean;
}

/** The URL of the page with this view of the file. */
export function viewHref(path: string, { view, usual, fileNumber, isSingle }: Link): string {
  const query = view === usual ? '' : `?view=${view}${isSingle ? '' : `-${fileNumber}`}`;
  return `${path}${query}${isSingle ? '' : `#file-${fileNumber}`}`;
}
