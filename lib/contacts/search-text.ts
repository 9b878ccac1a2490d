const PHONE_LIKE = /^[\d\s().+\u2010-\u2015-]+$/;

/** A phone number without punctuation; null for any other text. */
export function barePhone(text: string): string | null {
  return PHONE_LIKE.test(text) && /\d/.test(text) ? text.replace(/[^\d+]/g, '') : null;
}
