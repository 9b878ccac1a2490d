import { changedRanges, type Range } from './changed-ranges';
import { matchLines } from './line-match';

export const DIFF_MAX = 1024 * 1024;
const LINES_MAX = 40_000;
const EDITS_MAX = 1_000;
const SHOWN_MAX = 5_000;
const PAIRS_MAX = 300;
const CONTEXT = 3;
const BUDGET_MS = 120;

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** From 1 on; null on the side that does not have the line. */
  readonly oldNumber: number | null;
  readonly newNumber: number | null;
  /** What of the line differs from its other version; empty if there is none, or all of it does. */
  readonly changes: readonly Range[];
}

/** A removed line beside the added one that took its place; a line without a partner is beside null. */
export interface DiffPair {
  readonly left: DiffLine | null;
  readonly right: DiffLine | null;
}

export interface DiffHunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** One below the other: of each change what was removed, then what was added. */
  readonly lines: readonly DiffLine[];
  /** The same side by side. */
  readonly pairs: readonly DiffPair[];
}

export interface DiffResult {
  readonly hunks: readonly DiffHunk[];
  readonly added: number;
  readonly removed: number;
  /** True if the texts differ in how lines end, which the hunks do not show. */
  readonly breaksDiffer: boolean;
}

interface DiffOptions {
  readonly before: string;
  readonly after: string;
  readonly budgetMs?: number;
}

/** The changed lines of a text among a few unchanged ones; null if there are too many to find or to show. */
export function diffLines({ before, after, budgetMs = BUDGET_MS }: DiffOptions): DiffResult | null {
  if (before === after) return { hunks: [], added: 0, removed: 0, breaksDiffer: false };
  if (before.length > DIFF_MAX || after.length > DIFF_MAX) return null;
  const left = linesOf(before);
  const right = linesOf(after);
  if (left.length > LINES_MAX || right.length > LINES_MAX) return null;

  const begun = performance.now();
  const matches = matchLines(left, right, { maxEditLength: EDITS_MAX, timeoutMs: budgetMs });
  if (!matches) return null;
  const changes = changesOf(matches, right.length);
  const removed = changes.reduce((sum, { oldFrom, oldTo }) => sum + oldTo - oldFrom, 0);
  const added = changes.reduce((sum, { newFrom, newTo }) => sum + newTo - newFrom, 0);
  if (removed + added + changes.length * 2 * CONTEXT > SHOWN_MAX) return null;

  let pairs = 0;
  const mayCompare = () => pairs++ < PAIRS_MAX && performance.now() - begun < budgetMs;
  const hunks = groupChanges(changes).map((group) => hunkOf(group, { left, right, mayCompare }));
  return { hunks, added, removed, breaksDiffer: breaksOf(before) !== breaksOf(after) };
}

interface Change {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function breaksOf(text: string): string {
  const kinds = new Set(text.match(/\r\n|\r|\n/g));
  return `${[...kinds].sort().join()} ${/[\r\n]$/.test(text)}`;
}

function changesOf(matches: Int32Array, newLength: number): Change[] {
  const changes: Change[] = [];
  let oldFrom = 0;
  let newFrom = 0;
  for (let at = 0; at <= matches.length; at++) {
    const match = at < matches.length ? (matches[at] ?? -1) : newLength;
    if (match < 0) continue;
    if (at > oldFrom || match > newFrom) changes.push({ oldFrom, oldTo: at, newFrom, newTo: match });
    oldFrom = at + 1;
    newFrom = match + 1;
  }
  return changes;
}

function groupChanges(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && change.oldFrom - last.oldTo <= 2 * CONTEXT) group.push(change);
    else groups.push([change]);
  }
  return groups;
}

interface HunkOptions {
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly mayCompare: () => boolean;
}

function hunkOf(group: readonly Change[], { left, right, mayCompare }: HunkOptions): DiffHunk {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last) throw new Error('a hunk without a change');
  const before = Math.min(CONTEXT, first.oldFrom);
  const behind = Math.min(CONTEXT, left.length - last.oldTo);
  const lines: DiffLine[] = [];
  const pairs: DiffPair[] = [];
  let oldAt = first.oldFrom - before;
  let newAt = first.newFrom - before;
  const oldStart = oldAt + 1;
  const newStart = newAt + 1;

  const addSame = (until: number) => {
    for (; oldAt < until; oldAt++, newAt++) {
      const numbers = { oldNumber: oldAt + 1, newNumber: newAt + 1 };
      const line: DiffLine = { kind: 'same', text: left[oldAt] ?? '', ...numbers, changes: [] };
      lines.push(line);
      pairs.push({ left: line, right: line });
    }
  };

  for (const change of group) {
    addSame(change.oldFrom);
    const found = pairsOf(change, { left, right, mayCompare });
    pairs.push(...found);
    lines.push(...found.flatMap((pair) => pair.left ?? []), ...found.flatMap((pair) => pair.right ?? []));
    oldAt = change.oldTo;
    newAt = change.newTo;
  }
  addSame(last.oldTo + behind);
  return { oldStart, oldCount: oldAt + 1 - oldStart, newStart, newCount: newAt + 1 - newStart, lines, pairs };
}

function pairsOf({ oldFrom, oldTo, newFrom, newTo }: Change, { left, right, mayCompare }: HunkOptions) {
  const removed = left.slice(oldFrom, oldTo);
  const added = right.slice(newFrom, newTo);
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, index): DiffPair => {
    const old = removed[index];
    const fresh = added[index];
    const isPair = old !== undefined && fresh !== undefined;
    const ranges = isPair && mayCompare() ? changedRanges(old, fresh) : null;
    return {
      left:
        old === undefined
          ? null
          : {
              kind: 'removed',
              text: old,
              oldNumber: oldFrom + index + 1,
              newNumber: null,
              changes: ranges?.before ?? [],
            },
      right:
        fresh === undefined
          ? null
          : {
              kind: 'added',
              text: fresh,
              oldNumber: null,
              newNumber: newFrom + index + 1,
              changes: ranges?.after ?? [],
            },
    };
  });
}
