const PHONE_LIKE = /^[\d\s().+\u2010-\u2015-]+$/;

/** How what is searched and what it is searched for are compared: however it was typed. */
export function foldSearch(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('ё', 'е');
}

/** A number without the punctuation in which people write it; null for anything else. */
export function barePhone(text: string): string | null {
  return PHONE_LIKE.test(text) && /\d/.test(text) ? text.replace(/[^\d+]/g, '') : null;
}
