import type { Delimiter, StateBlock, StateInline } from 'markdown-it';

const TILDE = 0x7e;
/** Told apart from one, so that only equal numbers of tildes are a pair. */
const TWO_TILDES = 0x10_0000 + TILDE;
const breakElement = /<br\s{0,10}\/?>/iy;
const COMMENT_END = '-->';
/** Per state the first end (or -1) behind `from`. The text of an image has a state of its own. */
const foundEnds = new WeakMap<StateBlock | StateInline, { from: number; at: number }>();

/** Inline rule: `~text~` and `~~text~~`. */
export function strikethrough(state: StateInline, silent: boolean): boolean {
  if (silent || state.src.charCodeAt(state.pos) !== TILDE) return false;
  const { length, can_open: open, can_close: close } = state.scanDelims(state.pos, true);
  state.push('text', '', 0).content = '~'.repeat(length);
  state.pos += length;
  if (length > 2) return true;
  const marker = length === 1 ? TILDE : TWO_TILDES;
  state.delimiters.push({ marker, length: 0, token: state.tokens.length - 1, end: -1, open, close });
  return true;
}

/** Second step of `strikethrough`, when pairs are known. */
export function pairStrikethrough(state: StateInline): void {
  for (const delimiters of [state.delimiters, ...state.tokens_meta.map((meta) => meta?.delimiters ?? [])]) {
    for (const opening of delimiters) {
      const closing = delimiters[opening.end];
      if ((opening.marker !== TILDE && opening.marker !== TWO_TILDES) || !closing) continue;
      makeStrike(state, opening, 1);
      makeStrike(state, closing, -1);
    }
  }
}

function makeStrike(state: StateInline, { token: at }: Delimiter, nesting: 1 | -1): void {
  const token = state.tokens[at];
  if (token)
    Object.assign(token, { type: nesting > 0 ? 's_open' : 's_close', tag: 's', nesting, content: '' });
}

/** Inline rule: `<br>`, the only way to break a line in a table. */
export function lineBreak(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith('<', state.pos)) return false;
  breakElement.lastIndex = state.pos;
  const length = breakElement.exec(state.src)?.[0].length ?? 0;
  if (length === 0 || state.pos + length > state.posMax) return false;
  if (!silent) state.push('hardbreak', 'br', 0);
  state.pos += length;
  return true;
}

/** Inline rule: leaves out `<!-- comments -->`. */
export function inlineComment(state: StateInline): boolean {
  const end = commentEnd(state, state.pos);
  if (end < 0 || end > state.posMax) return false;
  state.pos = end;
  return true;
}

/** Block rule: leaves out lines that hold a comment alone; one without an end is text. */
export function blockComment(
  state: StateBlock,
  { line, endLine, silent, step }: { line: number; endLine: number; silent: boolean; step: () => void },
): boolean {
  const begin = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4) return false;
  const end = commentEnd(state, begin);
  if (end < 0) return false;
  let last = line;
  while ((state.eMarks[last] ?? 0) < end) {
    last++;
    step();
    if (last >= endLine || (!state.isEmpty(last) && (state.sCount[last] ?? 0) < state.blkIndent))
      return false;
  }
  if (state.src.slice(end, state.eMarks[last]).trim() !== '') return false;
  if (!silent) state.line = last + 1;
  return true;
}

/** Where the comment that begins here ends; -1 if there is none. Looks through no part of a text twice. */
function commentEnd(state: StateBlock | StateInline, begin: number): number {
  const { src } = state;
  if (!src.startsWith('<!--', begin)) return -1;
  const from = begin + 2;
  let found = foundEnds.get(state);
  if (!found || from < found.from || (found.at >= 0 && found.at < from)) {
    found = { from, at: src.indexOf(COMMENT_END, from) };
    foundEnds.set(state, found);
  }
  return found.at < 0 ? -1 : found.at + COMMENT_END.length;
}
