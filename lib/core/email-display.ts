import { domainToUnicode } from 'node:url';
import { mixesScripts } from './email';

/** Cyrillic letters that look like Latin ones. */
const LOOKALIKES = /^[асԁеһіјӏорԛѕԝхуѵ0-9-]+$/;

/**
 * An email address for people to read: its domain in Unicode (`mira@пример.рф`), unless a label of it could be
 * taken for another one.
 */
export function displayEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  if (!domain.includes('xn--')) return email;
  const shown = domainToUnicode(domain);
  const isMisleading = shown.split('.').some((label) => {
    return LOOKALIKES.test(label) ? /\p{L}/u.test(label) : mixesScripts(label);
  });
  return shown === '' || isMisleading ? email : `${email.slice(0, at)}@${shown}`;
}
