import type { Env, StateBlock, StateInline } from 'markdown-it';

const definition = /^\[\^([^\]\s]{1,100})\]:[ \t]*/;
const reference = /\[\^([^\]\s]{1,100})\]/y;
const START_MAX = 120;
const INDENT = 4;

/** Block rule: `[^label]: text`, and what is indented below it. */
export function footnoteDefinition(
  state: StateBlock,
  line: number,
  endLine: number,
  silent: boolean,
): boolean {
  const begin = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  const column = state.sCount[line] ?? 0;
  if (column - state.blkIndent >= INDENT || !state.src.startsWith('[^', begin)) return false;
  const start = state.src.slice(begin, Math.min(state.eMarks[line] ?? 0, begin + START_MAX));
  const [marker, label] = definition.exec(start) ?? [];
  if (marker === undefined || label === undefined) return false;
  if (silent) return true;

  const key = footnoteKey(label);
  labelsIn(state.env).add(key);
  state.push('footnote_open', '', 1).info = key;
  const { bMarks, tShift, sCount, parentType } = state;
  const before = [bMarks[line] ?? 0, tShift[line] ?? 0] as const;
  bMarks[line] = begin + marker.length;
  tShift[line] = 0;
  state.blkIndent += INDENT;
  sCount[line] = state.blkIndent;
  state.parentType = 'footnote';
  state.md.block.tokenize(state, line, endLine);
  state.parentType = parentType;
  state.blkIndent -= INDENT;
  [bMarks[line], tShift[line]] = before;
  sCount[line] = column;
  state.push('footnote_close', '', -1);
  return true;
}

/** Inline rule: `[^label]`, of a label that is defined anywhere in the text. */
export function footnoteReference(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith('[^', state.pos)) return false;
  reference.lastIndex = state.pos;
  const [marker, label] = reference.exec(state.src) ?? [];
  if (marker === undefined || label === undefined || state.pos + marker.length > state.posMax) return false;
  const key = footnoteKey(label);
  if (!labelsIn(state.env).has(key)) return false;
  if (!silent) state.push('footnote_ref', '', 0).info = key;
  state.pos += marker.length;
  return true;
}

function footnoteKey(label: string): string {
  return label.toLowerCase();
}

function labelsIn(env: Env): Set<unknown> {
  const { footnotes } = env;
  if (footnotes instanceof Set) return footnotes;
  const labels = new Set();
  env.footnotes = labels;
  return labels;
}
