/** й is a letter of its own, not и with a mark. */
const SHORT_I = /\u0438\u0306/g;
const MARKS = /[\u0300-\u036f]/g;
export const WHOLE_PHONE = /^[+(]*\d[\d\s().\u2010-\u2015-]*$/;

/** The words of a name, without case, marks and order. */
export function comparableWords(name: string): string[] {
  const letters = name.toLowerCase().normalize('NFD').replace(SHORT_I, '\u0439').replace(MARKS, '');
  return letters
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .sort();
}

/** `close`: one says less than the other, or has initials for the same words, and nothing else. */
export function compareNames(one: string, other: string): 'same' | 'close' | 'different' {
  const [few = [], many = []] = [one, other].map(comparableWords).sort((a, b) => a.length - b.length);
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

/** The digits of a number as it is dialled from abroad; a Russian one may begin with 8 instead of 7. */
export function phoneKey(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^00/, '');
  return /^8\d{10}$/.test(digits) ? `7${digits.slice(1)}` : digits;
}

/** Whether somebody has no name, and is called by an address or a number instead. */
export function isNamedBy(name: string, ways: readonly (string | null)[]): boolean {
  const number = WHOLE_PHONE.test(name) ? phoneKey(name) : null;
  return ways.some(
    (way) => way !== null && (name.toLowerCase() === way.toLowerCase() || phoneKey(way) === number),
  );
}
