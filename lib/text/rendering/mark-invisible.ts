import { codePointLabel, findCandidates, mayHaveInvisible } from '../unicode/invisible-characters';

/** More marks than this slow down the browser without benefit. */
const MARKS_MAX = 5_000;
const LOOKED_AT_MAX = 50_000;
const LEADING_TAGS = /^(?:<[^>]*>)*/;

/**
 * The HTML with an element around each invisible character of its text that is reported (see
 * `findCandidates`); the stylesheet shows its code point, and ends its effect on the order of what follows.
 * The text itself stays as it is, so that what is copied is what was stored. The HTML must have `>` escaped
 * in attributes.
 */
export function markInvisible(html: string): string {
  if (!mayHaveInvisible(html)) return html;
  const start = LEADING_TAGS.exec(html)?.[0].length ?? 0;
  const body = html.slice(start);
  const pieces = [html.slice(0, start)];
  let written = 0;
  for (const { character, from, to } of reportedRuns(body)) {
    const count = (to - from) / character.length;
    const label = codePointLabel(character) + (count > 1 ? ` ×${count}` : '');
    pieces.push(body.slice(written, from), `<span class="invisible-mark" data-code="${label}">`);
    pieces.push(body.slice(from, to), '</span>');
    written = to;
  }
  pieces.push(body.slice(written));
  return pieces.join('');
}

interface Run {
  character: string;
  from: number;
  to: number;
}

/** The reported characters outside tags; the same one several times in a row is one run. */
function reportedRuns(html: string): Run[] {
  const runs: Run[] = [];
  let lookedAt = 0;
  let isInTag = false;
  let seen = 0;
  for (const { character, at, kind } of findCandidates(html)) {
    lookedAt += 1;
    if (lookedAt > LOOKED_AT_MAX) break;
    const between = html.slice(seen, at);
    const opened = between.lastIndexOf('<');
    const closed = between.lastIndexOf('>');
    if (opened >= 0 || closed >= 0) isInTag = opened > closed;
    seen = at;
    if (kind === null || isInTag) continue;
    const last = runs.at(-1);
    if (last?.character === character && last.to === at) last.to += character.length;
    else if (runs.length >= MARKS_MAX) break;
    else runs.push({ character, from: at, to: at + character.length });
  }
  return runs;
}
