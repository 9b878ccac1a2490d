/** At most `points` in any window of `seconds`. */
export interface LimitRule {
  points: number;
  seconds: number;
}

interface LimitPolicy {
  /** By address: callers who are not signed in, and all callers where there are no rules for members. */
  anonymous?: readonly LimitRule[];
  /** By user. */
  member?: readonly LimitRule[];
  /** By something that is not the caller: an email address, an account, a paste. */
  subject?: readonly LimitRule[];
}

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** The one table of limits. */
export const LIMIT_POLICIES = {
  'change-pastes': {
    anonymous: [
      { points: 20, seconds: MINUTE },
      { points: 300, seconds: DAY },
    ],
    member: [
      { points: 60, seconds: MINUTE },
      { points: 3_000, seconds: DAY },
    ],
  },
  /** Texts that promote links, besides what "change-pastes" counts. Members may save any number of them. */
  'link-spam': {
    anonymous: [
      { points: 3, seconds: HOUR },
      { points: 10, seconds: DAY },
    ],
  },
  /** Those that no list shows and no search engine is led to. */
  'link-spam-unlisted': {
    anonymous: [
      { points: 10, seconds: HOUR },
      { points: 40, seconds: DAY },
    ],
  },
  'guess-key': {
    anonymous: [{ points: 10, seconds: MINUTE }],
    member: [{ points: 10, seconds: MINUTE }],
  },
  'guess-password': {
    anonymous: [{ points: 10, seconds: MINUTE }],
    member: [{ points: 10, seconds: MINUTE }],
    subject: [{ points: 100, seconds: HOUR }],
  },
  'read-api': {
    anonymous: [{ points: 600, seconds: MINUTE }],
    member: [{ points: 1_200, seconds: MINUTE }],
  },
  /** For want of the right proof. */
  'reveals-refused': { anonymous: [{ points: 10, seconds: MINUTE }] },
  login: { anonymous: [{ points: 10, seconds: 10 * MINUTE }] },
  'login-account': { subject: [{ points: 10, seconds: 10 * MINUTE }] },
  register: { anonymous: [{ points: 10, seconds: HOUR }] },
  'mail-request': { anonymous: [{ points: 20, seconds: HOUR }] },
  'mail-recipient': { subject: [{ points: 3, seconds: HOUR }] },
  /** From one author to one person: a part of what all authors together may send. */
  'share-recipient': {
    subject: [
      { points: 5, seconds: HOUR },
      { points: 15, seconds: DAY },
    ],
  },
  /** From all authors to one person. Beyond it, sharing sends no email, without telling the author. */
  'share-recipient-all': {
    subject: [
      { points: 20, seconds: HOUR },
      { points: 60, seconds: DAY },
    ],
  },
  /** For one share, and for one address over all shares. */
  'share-code': { subject: [{ points: 3, seconds: HOUR }] },
  'share-codes-recipient': { subject: [{ points: 20, seconds: HOUR }] },
  verify: { anonymous: [{ points: 30, seconds: 10 * MINUTE }] },
  refresh: { anonymous: [{ points: 120, seconds: MINUTE }] },
  // Also what keeps a stolen session from guessing the password.
  'change-account': { member: [{ points: 10, seconds: 10 * MINUTE }] },
  'change-profile': { member: [{ points: 30, seconds: 10 * MINUTE }] },
  avatar: { member: [{ points: 20, seconds: HOUR }] },
  export: { member: [{ points: 10, seconds: HOUR }] },
  report: {
    anonymous: [
      { points: 10, seconds: HOUR },
      { points: 50, seconds: DAY },
    ],
  },
  /** All reports of one paste. */
  'report-paste': { subject: [{ points: 60, seconds: MINUTE }] },
  /** Emails about decisions, by who asks for them and by recipient. Beyond it, a report is kept without its email. */
  'report-mails': {
    subject: [
      { points: 5, seconds: DAY },
      { points: 20, seconds: 30 * DAY },
    ],
  },
  appeal: { member: [{ points: 10, seconds: HOUR }] },
  claim: { member: [{ points: 60, seconds: MINUTE }] },
  'contacts-create': { member: [{ points: 30, seconds: MINUTE }] },
  'contacts-list': { member: [{ points: 120, seconds: MINUTE }] },
  'share-mails': { member: [{ points: 50, seconds: HOUR }] },
} as const satisfies Record<string, LimitPolicy>;

type Policies = typeof LIMIT_POLICIES;
type NamesWith<Shape extends keyof LimitPolicy> = {
  [Name in keyof Policies]: Policies[Name] extends Record<Shape, unknown> ? Name : never;
}[keyof Policies];

/** Limits that count the caller. */
export type LimitName = NamesWith<'anonymous'> | NamesWith<'member'>;
/** Limits that count something else than the caller. */
export type SubjectLimitName = NamesWith<'subject'>;

/** How a caller is counted: members by user where there are rules for them, others by address. */
export function callerRules(
  name: LimitName,
  { isMember }: { isMember: boolean },
): { by: 'user' | 'address'; rules: readonly LimitRule[] } {
  const { anonymous, member = [] }: LimitPolicy = LIMIT_POLICIES[name];
  if (isMember && member.length > 0) return { by: 'user', rules: member };
  return { by: 'address', rules: anonymous ?? member };
}
