import { type ContactDto, isStarredByName } from './schema';

/** Google's category of starred contacts. */
export const STARRED = 'starred';
/** Our category for contacts that an import would star by their name. */
export const UNSTARRED = 'unstarred';
const MAX_LINE_BYTES = 75;

export type WrittenContact = Pick<
  ContactDto,
  'first_name' | 'last_name' | 'email' | 'phone' | 'birthday' | 'info' | 'favorite'
>;

/** 4.0 is RFC 6350; many phones and mail apps read only 3.0, RFC 2426. */
export type VcardVersion = '3.0' | '4.0';

export function writeVcard(contact: WrittenContact, version: VcardVersion = '4.0'): string {
  const { first_name, last_name, email, phone, birthday, info, favorite } = contact;
  const lines = [
    'BEGIN:VCARD',
    `VERSION:${version}`,
    `FN:${escapeText(`${first_name} ${last_name}`.trim())}`,
    `N:${escapeText(last_name)};${escapeText(first_name)};;;`,
    email === null ? '' : `EMAIL:${escapeText(email)}`,
    phone === null ? '' : `TEL:${phone}`,
    birthday === null ? '' : `BDAY:${version === '4.0' ? birthday.replaceAll('-', '') : birthday}`,
    info === '' ? '' : `NOTE:${escapeText(info)}`,
    favorite ? `CATEGORIES:${STARRED}` : '',
    !favorite && isStarredByName(first_name) ? `CATEGORIES:${UNSTARRED}` : '',
    'END:VCARD',
  ];
  return lines
    .filter((line) => line !== '')
    .map((line) => `${foldLine(line)}\r\n`)
    .join('');
}

function escapeText(text: string): string {
  return text.replace(/[\\,;]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');
}

/** Folds a line at the length that the standard allows, never within a character. */
function foldLine(line: string): string {
  if (line.length * 3 <= MAX_LINE_BYTES) return line;
  let folded = '';
  let room = MAX_LINE_BYTES;
  for (const character of line) {
    const bytes = Buffer.byteLength(character);
    if (bytes > room) {
      folded += '\r\n ';
      room = MAX_LINE_BYTES - 1;
    }
    folded += character;
    room -= bytes;
  }
  return folded;
}
