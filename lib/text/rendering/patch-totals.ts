export interface PatchTotals {
  readonly files: number;
  readonly added: number;
  readonly removed: number;
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

/**
 * How much a patch in the unified format changes; null if the text has no hunk of that format. A line counts as long
 * as the head of its hunk says that the hunk goes on, so that a removed `-- a` is not taken for the name of a file.
 */
export function patchTotals(text: string): PatchTotals | null {
  const totals = { named: 0, git: 0, added: 0, removed: 0 };
  const left = { before: 0, after: 0 };
  let hasHunk = false;
  for (const line of text.split('\n')) {
    if (left.before > 0 || left.after > 0) {
      const sign = line[0];
      if (sign === '+') totals.added += 1;
      else if (sign === '-') totals.removed += 1;
      if (sign !== '+' && sign !== '\\') left.before -= 1;
      if (sign !== '-' && sign !== '\\') left.after -= 1;
      continue;
    }
    const hunk = HUNK.exec(line);
    if (hunk) {
      hasHunk = true;
      left.before = Number(hunk[1] ?? 1);
      left.after = Number(hunk[2] ?? 1);
    } else if (line.startsWith('+++ ')) totals.named += 1;
    else if (line.startsWith('diff --git ')) totals.git += 1;
  }
  // Git also lists files without hunks: those that are renamed, or not text.
  return hasHunk
    ? { files: Math.max(totals.named, totals.git, 1), added: totals.added, removed: totals.removed }
    : null;
}
