/** What a text can hold that is not meant to be published; documented in `docs/credentials.md`. */
export const CREDENTIAL_KINDS = [
  'private_key',
  'age_key',
  'aws_key',
  'azure_key',
  'google_key',
  'github_token',
  'gitlab_token',
  'slack_token',
  'stripe_key',
  'npm_token',
  'pypi_token',
  'docker_token',
  'digitalocean_token',
  'sendgrid_key',
  'twilio_key',
  'openai_key',
  'anthropic_key',
  'huggingface_token',
  'jwt',
  'authorization',
  'url_password',
  'assignment',
] as const;

export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

export interface TokenRule {
  kind: CredentialKind;
  /** What every token of this kind starts with, as a pattern without quantifiers. */
  start: string;
  /**
   * What follows the start. Every repetition is bounded and none contains another, so the work per start has a
   * limit. With a group, only the group is secret, and not the start.
   */
  rest: string;
}

const WORD_END = '(?![A-Za-z0-9_])';

/** Tokens that are known by their form; the first rule whose start fits decides. */
export const TOKEN_RULES: readonly TokenRule[] = [
  { kind: 'age_key', start: 'AGE-SECRET-KEY-', rest: '(?:PQ-)?1[0-9A-Z]{50,400}' },
  {
    kind: 'aws_key',
    start: '(?:AKIA|ASIA)',
    // With the secret key, where it comes next as in a list of keys.
    rest: '[A-Z2-7]{16}(?![A-Za-z0-9])(?:[\\s"\':,;|]{1,8}[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=]))?',
  },
  { kind: 'azure_key', start: '(?:AccountKey|SharedAccessKey)=', rest: '([A-Za-z0-9+/]{40,100}={0,2})' },
  { kind: 'google_key', start: 'AIza', rest: '[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])' },
  { kind: 'google_key', start: 'GOCSPX-', rest: '[A-Za-z0-9_-]{24,40}' },
  { kind: 'google_key', start: 'ya29\\.', rest: '[A-Za-z0-9_-]{30,500}' },
  { kind: 'github_token', start: 'gh[oprsu]_', rest: `[A-Za-z0-9]{36,255}${WORD_END}` },
  { kind: 'github_token', start: 'github_pat_', rest: `[A-Za-z0-9_]{50,255}${WORD_END}` },
  { kind: 'gitlab_token', start: 'gl(?:pat|dt|rt|ptt|ft|soat|cbt|agent)-', rest: '[A-Za-z0-9_.-]{20,200}' },
  { kind: 'slack_token', start: 'xox[abeoprs]-', rest: '[A-Za-z0-9-]{20,250}' },
  { kind: 'slack_token', start: 'xapp-', rest: '[A-Za-z0-9-]{30,250}' },
  {
    kind: 'slack_token',
    start: 'hooks\\.slack\\.com/',
    rest: '(?:services|workflows|triggers)/([A-Za-z0-9/]{20,200})',
  },
  { kind: 'stripe_key', start: '[rs]k_(?:live|test)_', rest: `[A-Za-z0-9]{16,250}${WORD_END}` },
  { kind: 'stripe_key', start: 'whsec_', rest: '[A-Za-z0-9+/]{24,100}={0,2}' },
  { kind: 'npm_token', start: 'npm_', rest: `[A-Za-z0-9]{36}${WORD_END}` },
  { kind: 'pypi_token', start: 'pypi-AgE', rest: '[A-Za-z0-9_-]{50,1000}' },
  { kind: 'docker_token', start: 'dckr_[op]at_', rest: '[A-Za-z0-9_-]{20,100}' },
  { kind: 'digitalocean_token', start: 'do[opr]_v1_', rest: `[a-f0-9]{64}${WORD_END}` },
  { kind: 'sendgrid_key', start: 'SG\\.', rest: '[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}' },
  { kind: 'twilio_key', start: 'SK', rest: `[a-f0-9]{32}${WORD_END}` },
  { kind: 'anthropic_key', start: 'sk-ant-', rest: '[A-Za-z0-9_-]{60,250}' },
  { kind: 'openai_key', start: 'sk-(?:proj|svcacct|admin)-', rest: '[A-Za-z0-9_-]{40,300}' },
  { kind: 'openai_key', start: 'sk-', rest: `[A-Za-z0-9]{48}${WORD_END}` },
  { kind: 'huggingface_token', start: 'hf_', rest: `[A-Za-z0-9]{34,40}${WORD_END}` },
  {
    kind: 'jwt',
    start: 'eyJ',
    rest: '[A-Za-z0-9_-]{10,4000}\\.eyJ[A-Za-z0-9_-]{10,8000}\\.[A-Za-z0-9_-]{20,1400}',
  },
  { kind: 'authorization', start: '[Bb](?:earer) ', rest: '([A-Za-z0-9._~+/-]{20,2000}={0,2})' },
  { kind: 'authorization', start: '[Bb](?:asic) ', rest: '([A-Za-z0-9+/]{12,400}={0,2})(?![A-Za-z0-9+/=])' },
];
