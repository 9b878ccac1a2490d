import { type SlicedTask, Stride } from '../core/time-slicing';
import { nameWords } from './compare-names';

/** Names of more words have no shorter forms: their number grows with that of the words. */
const MAX_WORDS = 8;

interface Named {
  name: string;
}

interface NameGroup<T> {
  keys: string[];
  members: T[];
}

/**
 * Groups of at least two whose names are the same but for case, diacritics and word order, or of which one is the
 * only longer form of the other (`J. Smith`, `Dr. John Smith`). Sorted by name. The time grows with the number of names,
 * not with its square.
 */
export function* groupSimilarNames<T extends Named>(named: readonly T[]): SlicedTask<T[][]> {
  const stride = new Stride();
  const groups = new Map<string, NameGroup<T>>();
  for (const one of named) {
    if (stride.isOver(one.name.length)) yield;
    const key = nameWords(one.name).join(' ');
    const group = groups.get(key);
    if (group) group.members.push(one);
    else groups.set(key, { keys: [key], members: [one] });
  }
  const longerForms = yield* findLongerForms(groups);
  // Longer forms that are found to be one person in the first round count as one in the second.
  for (let round = 1; round <= 2; round += 1) {
    for (const [shorter, longer] of longerForms) {
      if (stride.isOver(shorter.length * longer.length)) yield;
      if (new Set(longer.map((key) => groups.get(key))).size === 1) join(groups, shorter, longer[0]);
    }
  }
  return [...new Set(groups.values())]
    .filter(({ members }) => members.length > 1)
    .sort(({ keys: [a = ''] }, { keys: [b = ''] }) => (a < b ? -1 : 1))
    .map(({ members }) => members);
}

/** The longer forms, among the names, of those that have any. */
function* findLongerForms(names: ReadonlyMap<string, unknown>): SlicedTask<Map<string, string[]>> {
  const stride = new Stride();
  const longerForms = new Map<string, string[]>();
  for (const longer of names.keys()) {
    // Each form is as long as the name.
    if (stride.isOver(2 * MAX_WORDS * longer.length)) yield;
    for (const shorter of shorterForms(longer)) {
      const found = longerForms.get(shorter);
      if (found) found.push(longer);
      else if (names.has(shorter)) longerForms.set(shorter, [longer]);
    }
  }
  return longerForms;
}

/** Without one of its words, or with an initial for it. */
function shorterForms(key: string): Set<string> {
  const words = key.split(' ');
  if (words.length === 1 || words.length > MAX_WORDS) return new Set();
  const forms = words.flatMap((word, at) => {
    const [initial = ''] = word;
    return [words.toSpliced(at, 1), words.toSpliced(at, 1, initial).sort()];
  });
  const keys = new Set(forms.map((form) => form.join(' ')));
  keys.delete(key);
  return keys;
}

function join<T>(groups: Map<string, NameGroup<T>>, one: string, other = ''): void {
  const [small, large] = [groups.get(one), groups.get(other)].sort(
    (a, b) => (a?.members.length ?? 0) - (b?.members.length ?? 0),
  );
  if (!small || !large || small === large) return;
  large.members.push(...small.members);
  large.keys.push(...small.keys);
  for (const key of small.keys) groups.set(key, large);
}
