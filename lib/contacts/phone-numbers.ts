import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A number in a cell to which a spreadsheet has given its own format: `4.93091E+11`. */
const ROUNDED = /^\d(?:[.,]\d+)?E\+?\d{1,2}$/i;
/** What spreadsheets and exports write around a number to keep it text: `="+49…"`, `'+49…`. */
const AS_TEXT = /^(?:="([^"]*)"|'(?=\+?\d)(.*))$/;
const EXTENSION = /[\s,;]*(?:\bext(?:ension|n)?\b\.?|\bx|#|доб\.?)[\s:=]*\d{1,7}$/iu;
/** A trunk prefix, which is not dialled after a country code; Italy has none. */
const TRUNK = /^(\+(?!39)\d{1,3})[\s-]*\(0\)/;
const SEPARATORS = /[/\u00a0\u2000-\u200f\u202a-\u202f\u2060\u2066-\u2069\ufeff]/g;
const MAX_LENGTH = 60;

export interface ReadPhone {
  /** International where possible (`+442079460958`), or as it was typed; not validated. */
  number: string;
  hasExtension: boolean;
}

/** Whether a spreadsheet has replaced digits of a number. */
export function isRounded(text: string): boolean {
  return text.length < MAX_LENGTH && ROUNDED.test(text.trim());
}

/** Reads a phone number as people type it. */
export function readPhone(text: string): ReadPhone {
  const typed = text.trim().replace(/^tel:/i, '');
  if (typed.length > MAX_LENGTH || /^\+?\d+$/.test(typed)) return { number: typed, hasExtension: false };
  const quoted = AS_TEXT.exec(typed);
  const plain = (quoted ? (quoted[1] ?? quoted[2] ?? '') : typed).replace(SEPARATORS, ' ').trim();
  const bare = plain.replace(EXTENSION, '');
  const hasExtension = bare !== plain;
  const isInternational = /^(?:\+|00(?=[\s(]*[1-9]))/.test(bare);
  if (!isInternational) return { number: bare, hasExtension };
  const dialled = bare.replace(/^00\s*/, '+').replace(TRUNK, '$1 ');
  const parsed = parsePhoneNumberFromString(dialled);
  return { number: parsed?.isPossible() ? parsed.number : bare, hasExtension };
}
