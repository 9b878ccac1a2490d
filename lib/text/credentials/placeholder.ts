/** Parts of a value that no real credential has, but examples do. */
const PLACEHOLDER =
  /example|change.?me|placeholder|your|xxxx|\*\*\*|\.\.\.|…|redacted|removed|<|\$\{|\{\{|%\(/i;
/** The same in values that nothing but their place makes a credential. */
const ASSIGNED_PLACEHOLDER =
  /replace|dummy|sample|todo|insert|enter|lorem|deadbeef|process\.env|environ|getenv|\$\(|op:\/\/|^(?:arn|data|vault|secret|env|file|urn|sha\d{1,3})[:-]|^[\w.]{1,60}\[/i;
const UUID = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
/** Words of examples and defaults, also several in a row. */
const COMMON_WORDS =
  /pass(?:word|wd|phrase|code)?|pwd|secret|token|api|key|credential|auth|access|client|refresh|session|bearer|basic|user(?:name)?|login|admin|root|guest|test(?:ing)?|fake|mock|demo|dev|local(?:host)?|default|master|main|postgres(?:ql)?|mysql|maria|mongo(?:db)?|redis|rabbit(?:mq)?|minio|docker|hello|world|welcome|letmein|foo|bar|baz|qux|abc|asdf|string|none|null|undefined|true|false|value|text|name|yes|no|super|very|top|my|the|some|any|new|old|not|a|s|db|app|web|id/gi;
const MIN_DIFFERENT = 4;
const MAX_COMMON_WORD = 8;

/** Whether a token of a known form only shows the form: `AKIA…EXAMPLE`, `ghp_xxxx…`. */
export function isExampleToken(token: string): boolean {
  return PLACEHOLDER.test(token) || new Set(token).size < 8;
}

/** Whether a value stands for a password, refers to one, or is a default that everyone knows. */
export function isPlaceholder(value: string): boolean {
  if (new Set(value).size < MIN_DIFFERENT) return true;
  if (PLACEHOLDER.test(value) || ASSIGNED_PLACEHOLDER.test(value) || UUID.test(value)) return true;
  return isCommon(value);
}

/** Whether a value is nothing but common words, or one of them with a number after it. */
function isCommon(value: string): boolean {
  const [, words = '', number = ''] = /^(.*?)(\d{0,3})$/s.exec(value) ?? [];
  const rest = words.replace(/[-_./ ]/g, '').replace(COMMON_WORDS, '');
  return rest === '' && (number === '' || words.length <= MAX_COMMON_WORD);
}

/** Whether a value is made of words, as names, paths and keys of messages are. */
export function isWordy(value: string): boolean {
  const words = value.match(/[A-Z]?[a-z]{3,}|[A-Z]{4,}/g) ?? [];
  const lettersInWords = words.reduce((sum, word) => sum + word.length, 0);
  const digits = value.match(/\d/g)?.length ?? 0;
  return lettersInWords >= value.length * 0.6 && digits <= value.length * 0.15;
}

/** Shannon entropy in bits per character. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
