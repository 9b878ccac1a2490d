import { diffArrays } from 'diff';

const LINE_MAX = 500;
const EDITS_MAX = 60;
const ALIKE_MIN = 0.3;

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where two versions of a line differ, word by word; null if they have too little in common. */
export function changedRanges(before: string, after: string): { before: Range[]; after: Range[] } | null {
  if (before.length > LINE_MAX || after.length > LINE_MAX) return null;
  const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: EDITS_MAX });
  if (!changes) return null;

  const found: { before: Range[]; after: Range[] } = { before: [], after: [] };
  let left = 0;
  let right = 0;
  let alike = 0;
  for (const { value, added, removed } of changes) {
    const length = value.reduce((sum, word) => sum + word.length, 0);
    if (removed) addRange(found.before, left, left + length);
    if (added) addRange(found.after, right, right + length);
    if (!added && !removed) alike += value.join('').trim().length;
    if (!added) left += length;
    if (!removed) right += length;
  }
  const longer = Math.max(before.trim().length, after.trim().length, 1);
  return alike / longer >= ALIKE_MIN ? found : null;
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}_]+|\s+|[^\p{L}\p{M}\p{N}_\s]/gu) ?? [];
}

function addRange(ranges: Range[], from: number, to: number): void {
  const last = ranges.at(-1);
  if (last?.to === from) ranges[ranges.length - 1] = { from: last.from, to };
  else ranges.push({ from, to });
}
