import { create } from 'content-disposition';

const LETTERS: ReadonlyMap<string, string> = new Map(
  (
    'а a,б b,в v,г g,д d,е e,ж zh,з z,и i,й y,к k,л l,м m,н n,о o,п p,р r,с s,т t,у u,ф f,х kh,ц ts,ч ch,ш sh,' +
    'щ shch,ъ ,ы y,ь ,э e,ю yu,я ya,є ye,і i,ґ g,ђ dj,ј j,љ lj,њ nj,ћ c,џ dz,' +
    'ß ss,æ ae,ø o,œ oe,ð d,þ th,ł l,đ d,ı i,– -,— -'
  )
    .split(',')
    .map((pair): [string, string] => {
      const [letter = '', latin = ''] = pair.split(' ');
      return [letter, latin];
    }),
);

/**
 * `Content-Disposition` of a file to be saved under this name. Clients that do not read `filename*`, curl
 * among them, get the name in ASCII: transliterated, or `paste` with its extension.
 */
export function attachment(name: string): string {
  return isAscii(name) ? create(name) : create(name, { fallback: asciiName(name) });
}

function asciiName(name: string): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const [asciiStem, asciiExtension] = [toAscii(stem), toAscii(extension)];
  const shown = /[A-Za-z0-9]/.test(asciiStem) ? asciiStem : 'paste';
  return shown + (/^\.[\w-]*[A-Za-z0-9]$/.test(asciiExtension) ? asciiExtension : '.txt');
}

/** Letter by letter; what has no ASCII of its own becomes one `_`. */
function toAscii(text: string): string {
  return (
    Array.from(text.normalize('NFC'), latinOf)
      .join('')
      .replace(/\ufffd+/g, '_')
      // From full-width forms; they are not allowed in file names.
      .replace(/[/\\:*?"<>|]/g, '_')
  );
}

function latinOf(letter: string): string {
  if (isAscii(letter)) return letter;
  const known = latinLetter(letter);
  if (known !== undefined) return known;
  const base = letter.normalize('NFKD').replace(/\p{M}/gu, '');
  return Array.from(base, (part) => (isAscii(part) ? part : (latinLetter(part) ?? '\ufffd'))).join('');
}

function latinLetter(letter: string): string | undefined {
  const small = letter.toLowerCase();
  const latin = LETTERS.get(small);
  return latin === undefined || small === letter ? latin : latin.charAt(0).toUpperCase() + latin.slice(1);
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
