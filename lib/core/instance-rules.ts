import { now } from './clock';
import { env } from './env';
import { lifetimesWithin, type NamedLifetime } from './lifetime';

/** What the operator allows on this instance, by configuration; constant for the life of a process. */
export interface InstanceRules {
  create: 'everyone' | 'members' | 'staff' | 'none';
  read: 'everyone' | 'members';
  register: 'everyone' | 'invited' | 'none';
  /** Whether public pastes are listed. */
  hasFeed: boolean;
}

export function instanceRules(): InstanceRules {
  const { WHO_CAN_CREATE, WHO_CAN_READ, WHO_CAN_REGISTER, PUBLIC_FEED } = env();
  return { create: WHO_CAN_CREATE, read: WHO_CAN_READ, register: WHO_CAN_REGISTER, hasFeed: PUBLIC_FEED };
}

/** Whether a member, or an anonymous author, can make a paste public: a moderator approves members. */
export function offersPublic(isMember: boolean): boolean {
  return instanceRules().hasFeed && (isMember || !env().FIRST_PASTE_APPROVAL);
}

/** The named lifetimes that a member, or an anonymous author, can choose, shortest first; never empty. */
export function offeredLifetimes(isMember: boolean): NamedLifetime[] {
  return lifetimesWithin(longestLifetime(isMember), now());
}

/** The longest lifetime that they can choose: one that `expiryOf` takes. */
export function longestLifetime(isMember: boolean): string {
  const { MAX_LIFETIME_ANONYMOUS, MAX_LIFETIME_MEMBER } = env();
  return isMember ? MAX_LIFETIME_MEMBER : MAX_LIFETIME_ANONYMOUS;
}
