/** A range of lines of a file, inclusive. */
export interface LineRange {
  file: number;
  from: number;
  to: number;
}

const HASH = /^#(?:f(\d{1,2})-)?L(\d{1,8})(?:-L?(\d{1,8}))?$/;
const TYPED = /^\s*(\d{1,8})\s*(?:[-–]\s*(\d{1,8})\s*)?$/;

export function parseLineHash(hash: string): LineRange | null {
  const [, file, from, to] = HASH.exec(hash) ?? [];
  return from === undefined ? null : rangeOf(Number(file ?? 1), from, to);
}

/** Parses `10` or `10-20`, as typed by a user. */
export function parseTypedLines(text: string, file: number): LineRange | null {
  const [, from, to] = TYPED.exec(text) ?? [];
  return from === undefined ? null : rangeOf(file, from, to);
}

export function formatLineHash({ file, from, to }: LineRange): string {
  const prefix = file === 1 ? '#' : `#f${file}-`;
  return from === to ? `${prefix}L${from}` : `${prefix}L${from}-L${to}`;
}

function rangeOf(file: number, one: string, other = one): LineRange | null {
  const [a, b] = [Number(one), Number(other)];
  if (file < 1 || a < 1 || b < 1) return null;
  return { file, from: Math.min(a, b), to: Math.max(a, b) };
}
