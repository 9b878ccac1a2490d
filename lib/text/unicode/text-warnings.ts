import { runToEnd, type SlicedTask } from '../../core/time-slicing';
import { countLineBreaks } from '../line-breaks';
import {
  BIDI_CONTROL,
  codePointLabel,
  findCandidates,
  type InvisibleKind,
  mayHaveInvisible,
} from './invisible-characters';
import { findMixedWords } from './mixed-scripts';

const MAX_NAMED = 3;
const MAX_LOOKED_AT = 50_000;

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
export function* textWarnings(text: string): SlicedTask<TextWarning[]> {
  return [...(yield* invisibleWarnings(text)), ...(yield* mixedWarning(text))];
}

/** The same about what a paste and its files are called. */
export function nameWarnings({
  title,
  files,
}: {
  title: string;
  files: readonly { name: string }[];
}): TextWarning[] {
  const warnings = [title, ...files.map(({ name }) => name)].flatMap((name) => runToEnd(textWarnings(name)));
  return warnings.filter(({ kind }, index) => warnings.findIndex((one) => one.kind === kind) === index);
}

function* invisibleWarnings(text: string): SlicedTask<TextWarning[]> {
  if (!mayHaveInvisible(text)) return [];
  const found = new Map<InvisibleKind, { named: Set<string>; at: number }>();
  let lookedAt = 0;
  for (const { character, at, kind } of findCandidates(text)) {
    yield;
    lookedAt += 1;
    if (lookedAt > MAX_LOOKED_AT) break;
    if (kind === null) continue;
    const known = found.get(kind);
    if (!known) found.set(kind, { named: new Set([codePointLabel(character)]), at });
    else if (known.named.size < MAX_NAMED) known.named.add(codePointLabel(character));
  }
  // Not all of a flood is looked at, but whether there is a control among it that reorders.
  const control = found.has('bidi_controls') ? null : BIDI_CONTROL.exec(text);
  if (control)
    found.set('bidi_controls', { named: new Set([codePointLabel(control[0])]), at: control.index });
  const warnings: TextWarning[] = [];
  for (const [kind, { named, at }] of found) {
    warnings.push({ kind, named: [...named], line: 1 + (yield* countLineBreaks(text, 0, at)) });
  }
  return warnings;
}

function* mixedWarning(text: string): SlicedTask<TextWarning[]> {
  const words = yield* findMixedWords(text, MAX_NAMED);
  const [first] = words;
  if (!first) return [];
  const line = 1 + (yield* countLineBreaks(text, 0, first.at));
  return [{ kind: 'mixed_scripts', named: words.map(({ word }) => word), line }];
}
