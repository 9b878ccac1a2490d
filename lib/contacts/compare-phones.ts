/** Text that is a phone number as a whole, in any usual notation. */
export const PHONE_NUMBER = /^[+(]*\d[\d\s().\u2010-\u2015-]*$/;

/** The digits of a number with its country code, for comparison; Russian numbers may begin with 8 instead of 7. */
export function phoneKey(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^00/, '');
  return /^8\d{10}$/.test(digits) ? `7${digits.slice(1)}` : digits;
}
