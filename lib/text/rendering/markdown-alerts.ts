import type { Token } from 'markdown-it';

const ALERTS = ['note', 'tip', 'important', 'warning', 'caution'] as const;
const marker = new RegExp(`^\\[!(${ALERTS.join('|')})\\]\\s*$`, 'i');

export type Alert = (typeof ALERTS)[number];

/**
 * The kind of alert that a quote is, as in `> [!NOTE]`. Removes the marker from the tokens, which begin with the
 * quote at `at`. Null for other quotes, and for those within lists and quotes.
 */
export function takeAlert(tokens: readonly Token[], at: number): Alert | null {
  const [quote, opening, inline, closing, next] = tokens.slice(at, at + 5);
  if (quote?.level !== 0 || opening?.type !== 'paragraph_open' || !inline?.children || !closing) return null;
  const [first, second] = inline.children;
  const kind = first?.type === 'text' ? marker.exec(first.content)?.[1] : undefined;
  if (kind === undefined) return null;
  if (!second) {
    if (next?.type === 'blockquote_close') return null;
    opening.hidden = true;
    closing.hidden = true;
  } else if (second.type !== 'softbreak' && second.type !== 'hardbreak') return null;
  inline.children = inline.children.slice(2);
  return ALERTS.find((name) => name === kind.toLowerCase()) ?? null;
}
