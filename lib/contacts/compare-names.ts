/** й is a letter of its own, not и with a diacritic. */
const SHORT_I = /\u0438\u0306/g;
const MARKS = /[\u0300-\u036f]/g;

/** The words of a name in lower case, without diacritics, sorted. */
export function nameWords(name: string): string[] {
  const letters = name.toLowerCase().normalize('NFD').replace(SHORT_I, '\u0439').replace(MARKS, '');
  return letters
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .sort();
}

/** `close`: every word of the shorter name, or an initial for it, is in the longer one. */
export function compareNames(one: string, other: string): 'same' | 'close' | 'different' {
  const [few = [], many = []] = [one, other].map(nameWords).sort((a, b) => a.length - b.length);
  if (few.join(' ') === many.join(' ')) return 'same';
  if (few.length === 0) return 'different';
  const left = [...many];
  for (const word of few) {
    const exact = left.indexOf(word);
    const at = exact >= 0 ? exact : left.findIndex((candidate) => isInitialOf(word, candidate));
    if (at < 0) return 'different';
    left.splice(at, 1);
  }
  return 'close';
}

function isInitialOf(word: string, other: string): boolean {
  const [short = '', long = ''] = [word, other]
    .map((text) => text.replace(/\.$/, ''))
    .sort((a, b) => a.length - b.length);
  return [...short].length === 1 && /\p{L}/u.test(short) && long.startsWith(short);
}
