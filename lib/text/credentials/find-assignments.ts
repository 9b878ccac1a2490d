import { entropyOf, isPlaceholder, isWordy } from './placeholder';
import { type Findings, searchInSteps } from './search-in-steps';
import type { Span } from './span';

const KEYS =
  '(?:api|access|auth|account|private|master|signing|encryption|service|secret)[-_.]?key(?:[-_.]?base)?';
const KEYWORD = /pass|pwd|пароль|secret|token|[-_.]?key/gi;
/** A name that ends like this is of a password. */
const PASSWORD_NAME =
  /(?:passw(?:or)?d|passphrase|passcode|pwd|(?<![A-Za-z])pass|(?<=[a-z])Pass)[-_]?\d{0,2}$/;
const UPPER_PASSWORD_NAME = /(?:PASSW(?:OR)?D|PASSPHRASE|PASSCODE|PWD|(?<![A-Z])PASS)[-_]?\d{0,2}$/;
const MIXED_PASSWORD_NAME = /(?:password|passwd|passphrase|passcode|пароль)[-_]?\d{0,2}$/i;
/** And like this, of a key or a token, whose values are long and random. */
const TOKEN_NAME = new RegExp(`(?:secret|token|${KEYS})[-_]?\\d{0,2}$`, 'i');
const MAX_NAME = 64;
const NAME_END = /[\w.-]{0,64}/y;
const NAME_START = /[\w.-]{0,64}$/;
const VARIABLE_NAME = /^[A-Z][A-Z0-9_]*$/;
/** What stands between a name and its value: the end of its quotes, a sign, blanks. */
const SIGN = /(["'`]?)\]?([ \t]{0,16})(:=|\?=|=>|={1,3}|:|,|>)([ \t]{0,16})/y;
const ANNOTATION = /[sS]tring\??[ \t]{0,4}=[ \t]{0,4}/y;
const QUOTED =
  /[bBrRuU@]?(?:"((?:[^"\\\r\n]|\\.){0,512})"|'((?:[^'\\\r\n]|\\.){0,512})'|`([^`\\\r\n]{0,512})`)/y;
/** To the end of its line, and not as code ends: with what else would end a value inside of it. */
const WHOLE_LINE = /[^\s"'`]{0,511}[^\s"'`,;{(](?=[ \t]{0,40}(?:$|[\r\n])|[ \t]{1,40}#)/y;
const BARE = /[^\s"'`,;)\]}<>&]{0,512}/y;
const ELEMENT = /([^<\r\n]{0,512})</y;
const LINE_START = /(?:^|[\r\n])[ \t]{0,40}(?:- {1,3}|export |set )?["']?$/;
const LINE_END = /[ \t]{0,40}(?:$|[\r\n#])/y;
const WORD_END = /$|[\s"'`]|;\s/y;
const MIN_PASSWORD = 6;
const MIN_PASSWORD_OF_CALL = 8;
/** Sentences in scripts without spaces are no passwords. */
const PASSWORD_CHARACTERS = /^[\x21-\x7e\p{Script=Latin}\p{Script=Cyrillic}]+$/u;
const MIN_TOKEN = 16;
const MIN_TOKEN_ENTROPY = 3;

interface Value extends Span {
  /** In quotes or in an element; others may be expressions. */
  isQuoted: boolean;
}

interface Assignment {
  name: string;
  isPasswordName: boolean;
  value: string;
  isQuoted: boolean;
  /** As in a shell or an `.env` file: `NAME=value`. */
  isVariable: boolean;
  /** One of several in a line, as in URLs and connection strings: `;Password=value`. */
  isParameter: boolean;
  /** A line that holds nothing else, as in YAML and INI files. */
  isLine: boolean;
}

/**
 * Passwords and tokens that are assigned to names such as `password`, `DB_PASS` or `api_key`. Each name is looked
 * at once, with a bounded part of what follows it, so the work is linear.
 * @param options see `searchInSteps`
 */
export function findAssignments(
  text: string,
  { limit, step }: { limit: number; step: number },
): Findings<Span> {
  return searchInSteps({
    text,
    pattern: KEYWORD,
    limit,
    step,
    read: (match, at) => {
      const keywordEnd = at + match[0].length;
      const end = matchAt(NAME_END, text, keywordEnd)?.end ?? keywordEnd;
      const read = readAssignment(text, { at, end });
      if (!read) return { found: null, next: end };
      const { value, isCredential } = read;
      // An unquoted value that is no credential is not looked through again; a quoted one may hold assignments.
      const isDone = isCredential || !value.isQuoted;
      return { found: isCredential ? value : null, next: isDone ? Math.max(end, value.to) : end };
    },
  });
}

interface Read {
  value: Value;
  isCredential: boolean;
}

/** @param name where its keyword is, and where it ends */
function readAssignment(text: string, { at, end }: { at: number; end: number }): Read | null {
  const sign = matchAt(SIGN, text, end);
  if (!sign) return null;
  const start = at - (NAME_START.exec(text.slice(Math.max(0, at - MAX_NAME), at))?.[0].length ?? 0);
  const name = text.slice(start, end);
  const isPasswordName = [PASSWORD_NAME, UPPER_PASSWORD_NAME, MIXED_PASSWORD_NAME].some((one) =>
    one.test(name),
  );
  if (!isPasswordName && !TOKEN_NAME.test(name)) return null;
  const [, quote = '', blanksBefore = '', symbol = '', blanksAfter = ''] = sign.groups;
  const before = text.charAt(start - 1);
  const isElement = symbol === '>' && before === '<';
  if (symbol === '>' && !isElement) return null;
  // The first two arguments of a call, as in `define('DB_PASSWORD', 'value')`.
  const isCall = symbol === ',';
  if (isCall && (quote === '' || quote !== before || text.charAt(start - 2) !== '(')) return null;
  const annotated = symbol === ':' ? matchAt(ANNOTATION, text, sign.end) : null;
  const isLineStart = LINE_START.test(text.slice(Math.max(0, start - MAX_NAME), start));
  const valueStart = annotated?.end ?? sign.end;
  const value = isElement ? readElement(text, valueStart) : readValue(text, valueStart, isLineStart);
  if (!value) return null;
  if ((isCall || symbol.startsWith('==')) && !value.isQuoted) return null;
  if (isCall && value.to - value.from < MIN_PASSWORD_OF_CALL) return null;
  const isTight = symbol === '=' && quote + blanksBefore + blanksAfter === '';
  const assignment = {
    name,
    isPasswordName,
    value: text.slice(value.from, value.to),
    isQuoted: value.isQuoted,
    isVariable:
      isTight &&
      VARIABLE_NAME.test(name) &&
      /^[\s"'`]?$/.test(before) &&
      matchAt(WORD_END, text, value.to) !== null,
    isParameter: isTight && /^[?&;]$/.test(before),
    isLine: !value.isQuoted && isLineStart && matchAt(LINE_END, text, value.to) !== null,
  };
  return { value, isCredential: isCredential(assignment) };
}

function readElement(text: string, at: number): Value | null {
  const element = matchAt(ELEMENT, text, at);
  return element && { from: at, to: element.end - 1, isQuoted: true };
}

function readValue(text: string, at: number, isLineStart: boolean): Value | null {
  const quoted = matchAt(QUOTED, text, at);
  if (quoted) {
    const inner = quoted.groups.slice(1).find((group) => group !== undefined) ?? '';
    return { from: quoted.end - 1 - inner.length, to: quoted.end - 1, isQuoted: true };
  }
  const bare = (isLineStart && matchAt(WHOLE_LINE, text, at)) || matchAt(BARE, text, at);
  return bare && bare.end > at ? { from: at, to: bare.end, isQuoted: false } : null;
}

function matchAt(pattern: RegExp, text: string, at: number): { groups: RegExpExecArray; end: number } | null {
  pattern.lastIndex = at;
  const groups = pattern.exec(text);
  return groups && { groups, end: at + groups[0].length };
}

function isCredential(assignment: Assignment): boolean {
  const { name, value, isPasswordName } = assignment;
  if (!(isPasswordName ? isPassword(assignment) : isToken(assignment))) return false;
  if (!PASSWORD_CHARACTERS.test(value) || value.includes('://')) return false;
  // Variables, paths, references and escapes.
  if (/^[$/.~&*%:{[(<\\]/.test(value) || (value.includes('(') && value.includes(')'))) return false;
  return !name.toLowerCase().includes(value.toLowerCase()) && !isPlaceholder(value);
}

function isPassword({ name, value, isQuoted, isVariable, isParameter, isLine }: Assignment): boolean {
  if (value.length < MIN_PASSWORD) return false;
  const hasLetter = /\p{L}/u.test(value);
  const hasDigit = /\d/.test(value);
  if (isVariable) return name !== 'PASS' || (hasDigit && hasLetter);
  if (!hasLetter || !(hasDigit || /[!@#$%^&*+=?]/.test(value))) return false;
  if (isQuoted) return !(/[-_./:]/.test(value) && isWordy(value));
  // What is neither quoted nor a whole line may be an expression.
  if (/[(){}[\]|]|^[A-Za-z_$][\w$]*\.[A-Za-z_$]/.test(value)) return false;
  return isLine || isParameter || isRandom(value);
}

function isToken({ value, isQuoted, isVariable, isLine }: Assignment): boolean {
  if (value.length < MIN_TOKEN) return false;
  if (!isQuoted && !isVariable && !isLine && /[(){}[\]|]/.test(value)) return false;
  return isRandom(value);
}

/** Long, of letters and digits, and not made of words. */
function isRandom(value: string): boolean {
  if (value.length < MIN_TOKEN || !/^[\w+/=.~:@!#$%^&*?-]+$/.test(value) || !/\d/.test(value)) return false;
  const letters = value.match(/[A-Za-z]/g)?.length ?? 0;
  return letters >= 3 && entropyOf(value) >= MIN_TOKEN_ENTROPY && !isWordy(value);
}
