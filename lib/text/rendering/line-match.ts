import { diffArrays } from 'diff';

/** For every line of `before` the index of the same line in `after`, or -1. Null if the search is too long. */
export function matchLines(
  before: readonly string[],
  after: readonly string[],
  { maxEditLength, timeoutMs }: { maxEditLength: number; timeoutMs: number },
): Int32Array | null {
  const matches = new Int32Array(before.length).fill(-1);
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) {
    matches[start] = start++;
  }
  let endBefore = before.length;
  let endAfter = after.length;
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    matches[--endBefore] = --endAfter;
  }

  const left = numberLines(before, start, endBefore);
  const right = numberLines(after, start, endAfter, left.numbers);
  const common = new Set(right.lines);
  // A line that only one text has is no part of what they share.
  const leftAt = left.lines.flatMap((line, index) => (common.has(line) ? [index] : []));
  const rightAt = right.lines.flatMap((line, index) => (line < left.count ? [index] : []));
  const changes = diffArrays(
    leftAt.map((index) => left.lines[index]),
    rightAt.map((index) => right.lines[index]),
    { maxEditLength, timeout: timeoutMs },
  );
  if (!changes) return null;

  let fromLeft = 0;
  let fromRight = 0;
  for (const { count, added, removed } of changes) {
    for (let step = 0; step < count; step++) {
      if (!added && !removed) matches[start + (leftAt[fromLeft] ?? 0)] = start + (rightAt[fromRight] ?? 0);
      if (!added) fromLeft++;
      if (!removed) fromRight++;
    }
  }
  return matches;
}

/** Lines as numbers, equal ones as the same, which are faster to compare. */
function numberLines(
  lines: readonly string[],
  from: number,
  to: number,
  numbers: ReadonlyMap<string, number> = new Map(),
): { lines: number[]; numbers: Map<string, number>; count: number } {
  const known = new Map(numbers);
  const numbered: number[] = [];
  for (let at = from; at < to; at++) {
    const line = lines[at] ?? '';
    const number = known.get(line) ?? known.size;
    known.set(line, number);
    numbered.push(number);
  }
  return { lines: numbered, numbers: known, count: known.size };
}
