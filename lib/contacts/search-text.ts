const PHONE_LIKE = /^[\d\s().+\u2010-\u2015-]+$/;

/** Normalizes text and search terms for comparison, regardless of case and of ё. */
export function foldSearch(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('ё', 'е');
}

/** A phone number without punctuation; null for any other text. */
export function barePhone(text: string): string | null {
  return PHONE_LIKE.test(text) && /\d/.test(text) ? text.replace(/[^\d+]/g, '') : null;
}
