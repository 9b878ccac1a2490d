import type { DiffHunk, DiffLine, DiffPair, DiffResult } from '@/lib/text/rendering/diff';
import { escapeHtml } from '@/lib/text/rendering/escape-html';

interface DiffMarkupOptions {
  isSplit: boolean;
  /** The label of a group of lines, with its first line number. */
  placeLabel: (line: number) => string;
}

const TAGS = { same: 'span', added: 'ins', removed: 'del' } as const;
const NOTHING = '<span class="diff-none"></span>';

/** Differences as HTML. The stylesheet renders numbers and signs, so that they are not copied. */
export function diffMarkup({ hunks }: Pick<DiffResult, 'hunks'>, options: DiffMarkupOptions): string {
  return hunks.map((hunk) => hunkMarkup(hunk, options)).join('');
}

function hunkMarkup(hunk: DiffHunk, { isSplit, placeLabel }: DiffMarkupOptions): string {
  const lines = isSplit ? hunk.pairs.map(pairMarkup) : hunk.lines.map((line) => lineMarkup(line));
  const place = escapeHtml(placeLabel(Math.max(1, hunk.newStart)));
  return `<div class="diff-hunk"><div class="diff-place">${place}</div>${lines.join('')}</div>`;
}

function pairMarkup({ left, right }: DiffPair): string {
  const before = left ? lineMarkup(left, left.oldNumber) : NOTHING;
  const after = right ? lineMarkup(right, right.newNumber) : NOTHING;
  return `<div class="diff-pair">${before}${after}</div>`;
}

function lineMarkup(line: DiffLine, number = line.newNumber ?? line.oldNumber): string {
  const tag = TAGS[line.kind];
  return `<${tag} class="diff-line" data-n="${number ?? ''}" dir="auto">${textMarkup(line)}\n</${tag}>`;
}

function textMarkup({ text, changes }: DiffLine): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to } of changes) {
    parts.push(escapeHtml(text.slice(at, from)), '<mark>', escapeHtml(text.slice(from, to)), '</mark>');
    at = to;
  }
  parts.push(escapeHtml(text.slice(at)));
  return parts.join('');
}
