/** What must never be in a log, as the tests use it. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'an email address': /[\w.+%-]+@[\w-]*\.?example\.(?:com|org|net)/,
  'a network address': /\b(?:203\.0\.113|192\.0\.2|198\.51\.100)\.\d{1,3}\b|\b2001:db8:[\da-f:]+/i,
  'a password': /a long walk by the sea|another long walk|quiet otters paddle/,
  'a personal token': /\bsheaf_[\w-]{20,}/,
  'a JSON web token': /\beyJ[\w-]{10,}\.[\w-]*\.?[\w-]{10,}/,
  'a credential of a header': /\b(?:bearer|basic) +[\w.~+/=-]{12,}/i,
  'a token of a link': /[?&](?:token|share|invitation)=[\w.%-]{8,}/,
};
const SHOWN_CHARACTERS = 400;

/** One line for each kind of secret in each line of a log. */
export function findLoggedSecrets(log: string): string[] {
  const kinds = Object.entries(SECRETS);
  return log
    .split('\n')
    .flatMap((line) =>
      kinds
        .filter(([, pattern]) => pattern.test(line))
        .map(([kind]) => `${kind}: ${line.slice(0, SHOWN_CHARACTERS)}`),
    );
}
