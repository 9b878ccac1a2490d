import { type FileDraft, isBlankFile } from './draft';

/** A file in the composer. The form's fields hold what is typed; the card holds what they began with. */
export interface FileCard extends FileDraft {
  /** In the order in which the cards were added, not the one they are shown in. */
  key: number;
}

export function toCards(files: readonly FileDraft[], firstKey: number): FileCard[] {
  return files.map((file, index) => ({ ...file, key: firstKey + index }));
}

/** The card moved by so many places, as far as there are any. */
export function moveCard(cards: readonly FileCard[], key: number, by: number): FileCard[] {
  const from = cards.findIndex((card) => card.key === key);
  const card = cards[from];
  if (!card) return [...cards];
  const to = Math.min(Math.max(from + by, 0), cards.length - 1);
  const others = cards.filter((other) => other !== card);
  return [...others.slice(0, to), card, ...others.slice(to)];
}

/** The card to show after one is removed: the next, or else the previous. */
export function neighbourOf(cards: readonly FileCard[], key: number): number | null {
  const at = cards.findIndex((card) => card.key === key);
  return (cards[at + 1] ?? cards[at - 1])?.key ?? null;
}

/** New files in the place of the only one if nothing is in that yet, else after all others. */
export function addFiles(
  current: { cards: readonly FileCard[]; texts: readonly FileDraft[] },
  added: readonly FileCard[],
): FileCard[] {
  const [only, second] = current.texts;
  const isBlank = only !== undefined && second === undefined && isBlankFile(only);
  return isBlank ? [...added] : [...current.cards, ...added];
}
