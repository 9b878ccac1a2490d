import 'server-only';
import { now } from './clock';
import { env } from './env';
import { lifetimesWithin, type NamedLifetime } from './lifetime';
import type { SettingsInForce } from './settings/definitions';
import { setting } from './settings/stored-settings';

/** Who may do what on this instance: what the configuration allows, narrowed by what admins have set. */
export interface InstanceRules {
  create: SettingsInForce['who_can_create'];
  read: SettingsInForce['who_can_read'];
  register: SettingsInForce['who_can_register'];
  /** Whether public pastes are listed. */
  hasFeed: boolean;
}

export function instanceRules(): InstanceRules {
  return {
    create: setting('who_can_create'),
    read: setting('who_can_read'),
    register: setting('who_can_register'),
    hasFeed: setting('public_feed'),
  };
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
  return setting(isMember ? 'max_lifetime_member' : 'max_lifetime_anonymous');
}

/** The lifetime of pastes whose author chooses none, before it is shortened to the longest one. */
export function presetLifetime(isMember: boolean): string {
  return setting(isMember ? 'default_lifetime_member' : 'default_lifetime_anonymous');
}

/** The most text of one paste, in bytes, over all its files. */
export function maxPasteBytes(isMember: boolean): number {
  return (setting(isMember ? 'max_paste_kb_member' : 'max_paste_kb_anonymous') ?? 0) * 1024;
}

/** The most that is stored, in bytes and pastes; null is unlimited. */
export interface Quotas {
  /** The texts of all pastes, earlier revisions included. */
  allBytes: number | null;
  /** Those of one member. */
  memberBytes: number | null;
  memberPastes: number | null;
}

export function quotas(): Quotas {
  return {
    allBytes: inBytes(setting('max_stored_mb')),
    memberBytes: inBytes(setting('max_stored_mb_member')),
    memberPastes: setting('max_pastes_member'),
  };
}

function inBytes(mebibytes: number | null): number | null {
  return mebibytes === null ? null : mebibytes * 1024 * 1024;
}
