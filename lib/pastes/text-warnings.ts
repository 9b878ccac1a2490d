import {
  BIDI_CONTROL,
  codePointLabel,
  findCandidates,
  type InvisibleKind,
  mayHaveInvisible,
} from './invisible-characters';
import { findMixedWords } from './mixed-scripts';

const MAX_NAMED = 3;
const MAX_REPORTED = 10_000;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

export type TextWarningKind = InvisibleKind | 'mixed_scripts';

/** One way in which a text is not what it looks like. */
export interface TextWarning {
  kind: TextWarningKind;
  /** The characters as `U+202E`, or the words; the first few different ones. */
  named: string[];
  /** Of the first one, from 1 on. */
  line: number;
}

/** What a reader of the text cannot see; each kind once. Nothing for text in ASCII. */
export function textWarnings(text: string): TextWarning[] {
  return [...invisibleWarnings(text), ...mixedWarning(text)];
}

function invisibleWarnings(text: string): TextWarning[] {
  if (!mayHaveInvisible(text)) return [];
  const found = new Map<InvisibleKind, { named: Set<string>; at: number }>();
  let reported = 0;
  for (const { character, at, kind } of findCandidates(text)) {
    if (kind === null) continue;
    const { named } = found.get(kind) ?? { named: new Set<string>() };
    if (!found.has(kind)) found.set(kind, { named, at });
    if (named.size < MAX_NAMED) named.add(codePointLabel(character));
    reported += 1;
    if (reported >= MAX_REPORTED) break;
  }
  // Of a flood of invisible characters not all are looked at, but whether it hides a control that reorders is told.
  const control = reported >= MAX_REPORTED && !found.has('bidi_controls') ? BIDI_CONTROL.exec(text) : null;
  if (control)
    found.set('bidi_controls', { named: new Set([codePointLabel(control[0])]), at: control.index });
  return [...found].map(([kind, { named, at }]) => ({ kind, named: [...named], line: lineOf(text, at) }));
}

function mixedWarning(text: string): TextWarning[] {
  const words = findMixedWords(text, MAX_NAMED);
  const [first] = words;
  if (!first) return [];
  return [{ kind: 'mixed_scripts', named: words.map(({ word }) => word), line: lineOf(text, first.at) }];
}

/** From 1 on; breaks are \n, \r\n and \r alone. */
function lineOf(text: string, at: number): number {
  let line = 1;
  for (let i = 0; i < at; i += 1) {
    const code = text.charCodeAt(i);
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(i + 1) !== LINE_FEED)) line += 1;
  }
  return line;
}
