/** Letters and digits alone: the same number or address is written in many ways. */
export function bareText(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}@+]/gu, '');
}

/** The digits of a number as it is dialled from abroad; a Russian one may begin with 8 instead of 7. */
export function phoneKey(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^00/, '');
  return /^8\d{10}$/.test(digits) ? `7${digits.slice(1)}` : digits;
}

/** Whether somebody has no name, and is called by an address or a number instead. */
export function isNamedBy(name: string, ways: readonly (string | null)[]): boolean {
  const bare = bareText(name);
  return ways.some((way) => way !== null && bareText(way) === bare);
}

/** `close`: one says less than the other, or has initials for the same words, and nothing else. */
export function compareNames(one: string, other: string): 'same' | 'close' | 'different' {
  const [few = [], many = []] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length);
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
  if ([...word].length > 1 && [...other].length > 1) return false;
  return other.startsWith(word) || word.startsWith(other);
}

function wordsOf(name: string): string[] {
  return name
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .sort();
}
