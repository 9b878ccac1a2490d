/** Which views a reader chose, for the pages that do not say it in their address. Set by the browser or by `/preferences`. */
export const VIEWS_COOKIE = 'sheaf_views';

/**
 * The views of each kind of text, the default first. `auto` is the rendered view where that shows all of a text that is
 * not large, else the source.
 */
const VIEWS = {
  markdown: ['rendered', 'source'],
  json: ['auto', 'rendered', 'source'],
  csv: ['auto', 'rendered', 'source'],
  /** What changed between two revisions. */
  diff: ['inline', 'split'],
} as const;

type Kind = keyof typeof VIEWS;

export type RememberedViews = { readonly [K in Kind]: (typeof VIEWS)[K][number] };

const KINDS = Object.keys(VIEWS) as Kind[];

/** @param cookie choices as `csv-rendered`, separated by dots; what is unknown counts as not chosen */
export function readViews(cookie: string | undefined): RememberedViews {
  const chosen = cookie?.split('.') ?? [];
  const chosenOf = (kind: Kind) => VIEWS[kind].find((view) => chosen.includes(`${kind}-${view}`));
  return Object.fromEntries(KINDS.map((kind) => [kind, chosenOf(kind) ?? VIEWS[kind][0]])) as RememberedViews;
}

/**
 * The cookie with one more choice, given as `csv-rendered`; null if there is no such view. A default is not written,
 * so that it changes for readers who never chose anything else.
 */
export function withView(cookie: string | undefined, choice: string): string | null {
  const kind = KINDS.find((one) => VIEWS[one].some((view) => choice === `${one}-${view}`));
  if (kind === undefined) return null;
  const views = { ...readViews(cookie), [kind]: choice.slice(kind.length + 1) };
  return KINDS.filter((one) => views[one] !== VIEWS[one][0])
    .map((one) => `${one}-${views[one]}`)
    .join('.');
}
