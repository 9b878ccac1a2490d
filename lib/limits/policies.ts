/** At most `points` in any window of `seconds`. */
export interface LimitRule {
  points: number;
  seconds: number;
}

interface LimitPolicy {
  anonymous: readonly LimitRule[];
  member: readonly LimitRule[];
}

const MINUTE = 60;
const DAY = 86_400;

/** The one table of limits. Anonymous callers are counted by address, members by user. */
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
  'guess-key': {
    anonymous: [{ points: 10, seconds: MINUTE }],
    member: [{ points: 10, seconds: MINUTE }],
  },
  'read-api': {
    anonymous: [{ points: 600, seconds: MINUTE }],
    member: [{ points: 1_200, seconds: MINUTE }],
  },
} as const satisfies Record<string, LimitPolicy>;

export type LimitName = keyof typeof LIMIT_POLICIES;
