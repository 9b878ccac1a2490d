/** Of the address, its domain in ASCII. */
export const MAX_EMAIL_LENGTH = 254;
/** Longer than any address; bounds the work on what is not one. */
const MAX_INPUT = 1_000;
const MAX_LOCAL_PART = 64;

/** HTML's grammar of the part before the @ sign. */
const LOCAL_PART = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
/** HTML's grammar of domains, with at least one dot, and a last label that makes it no IPv4 address. */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const ASCII = /^[\x21-\x7e]+$/;
const INTERNATIONAL = /^[\p{L}\p{M}\p{N}.-]+$/u;
const LATIN = /\p{Script=Latin}/u;
const OTHER_SCRIPT = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u;

/** Only ASCII letters: to `toLowerCase`, the Kelvin sign is a `k`. */
export function lowerLatin(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** An address in lower case with its domain in ASCII; null if it is not one. */
export function normalizeEmail(text: string): string | null {
  if (text.length > MAX_INPUT) return null;
  const lower = lowerLatin(text.replace(/^ +| +$/g, ''));
  const at = lower.lastIndexOf('@');
  const local = lower.slice(0, at);
  const domain = toAsciiDomain(lower.slice(at + 1));
  if (at < 1 || local.length > MAX_LOCAL_PART || !LOCAL_PART.test(local)) return null;
  if (domain === null || !DOMAIN.test(domain)) return null;
  const email = `${local}@${domain}`;
  return email.length > MAX_EMAIL_LENGTH ? null : email;
}

/** The domain of an address that `emailSchema` has accepted, in lower case and ASCII. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

/** Letters of several alphabets in one label of a domain make it look like another one. */
export function mixesScripts(label: string): boolean {
  return LATIN.test(label) && OTHER_SCRIPT.test(label);
}

function toAsciiDomain(domain: string): string | null {
  if (ASCII.test(domain)) return domain;
  const isMixed = domain.split('.').some(mixesScripts);
  if (isMixed || !INTERNATIONAL.test(domain)) return null;
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return null;
  }
}
