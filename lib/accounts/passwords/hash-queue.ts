import type { Caller } from '../../core/caller';
import { AppError } from '../../core/errors';
import { limitSubject } from '../../core/http/client-address';

/** The caller for whom a password is hashed; decides where the task waits. */
export interface HashCaller extends Pick<Caller, 'address'> {
  /** Whether the caller presented a session, an emailed token or the device cookie of the account. */
  isKnown: boolean;
  /** The account of that cookie, whose tasks have a share like those of an address, wherever they come from. */
  account?: string;
}

export interface HashQueueSize {
  /** How many hashes run at the same time. */
  running: number;
  /** How many tasks of unknown and of known clients may wait. */
  waitingUnknown: number;
  waitingKnown: number;
  /** How many tasks of each kind one address (for IPv6, one /64) or account may have, running or waiting. */
  perAddress: number;
}

export type HashQueue = <T>(caller: HashCaller, work: () => Promise<T>) => Promise<T>;

/**
 * Runs password hashes a few at a time. Known clients have waiting places of their own and are served first,
 * so that a flood of sign-ins does not lock them out; one address or account takes only a share of the places. The
 * returned function throws AppError overloaded when there is no place left.
 */
export function createHashQueue(size: HashQueueSize): HashQueue {
  const lines = {
    known: { waiting: [] as (() => void)[], places: size.waitingKnown },
    unknown: { waiting: [] as (() => void)[], places: size.waitingUnknown },
  };
  const held = new Map<string, number>();
  let running = 0;

  return async ({ address, isKnown, account }, work) => {
    const line = lines[isKnown ? 'known' : 'unknown'];
    const keys = [`${isKnown} ${limitSubject(address)}`];
    if (account !== undefined) keys.push(`account ${account}`);
    const isShareTaken = keys.some((key) => (held.get(key) ?? 0) >= size.perAddress);
    if (isShareTaken || (running >= size.running && line.waiting.length >= line.places)) {
      throw new AppError('overloaded', { retryAfter: 5 });
    }
    for (const key of keys) held.set(key, (held.get(key) ?? 0) + 1);
    if (running >= size.running) await new Promise<void>((resolve) => line.waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      leave(keys);
    }
  };

  function leave(keys: readonly string[]): void {
    for (const key of keys) {
      const left = (held.get(key) ?? 1) - 1;
      if (left === 0) held.delete(key);
      else held.set(key, left);
    }
    const next = lines.known.waiting.shift() ?? lines.unknown.waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
