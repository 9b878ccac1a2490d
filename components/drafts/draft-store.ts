import { quietly } from '@/lib/core/browser-storage';

/** Change the number when what is stored changes its shape. */
const PREFIX = 'sheaf:draft:1:';
const KEPT_FOR_MS = 7 * 86_400_000;
const KEPT_MAX = 16;
/** In characters. Browsers give a site from 2.5 million. */
const ONE_MAX = 1_000_000;
const ALL_MAX = 2_000_000;
const OWN_LOCK_WITHIN_MS = 800;

/** The owner of drafts that are written without signing in. */
export const GUEST = 'guest';

export interface DraftPlace {
  /** A user's id or `GUEST`. A user finds their own drafts and those of guests only. */
  owner: string;
  /** What is written: `new`, `paste.SLUG`, `contact.ID`. */
  scope: string;
  /** The revision that the writing began from; empty for something new. */
  base: string;
}

export interface StoredDraft<T> {
  base: string;
  draft: T;
}

export interface FoundDraft<T> extends StoredDraft<T> {
  key: string;
}

export type Kept = 'kept' | 'tooLarge' | 'notKept';

export interface DraftSlot<T> {
  /** A draft that no open page is writing: this tab's own, or else the newest. */
  find(): Promise<FoundDraft<T> | null>;
  /** Continues a found draft from now on. */
  take(found: FoundDraft<T>): void;
  /** @param length how many characters the draft has, about */
  save(draft: StoredDraft<T>, length: number): Kept;
  /** Removes what was saved, as there is nothing to keep now. */
  clear(): void;
  /** Removes also the draft that was taken over, if nothing has been saved since. */
  forget(): void;
}

/**
 * One page's place for what is being written, in this browser and nowhere else. Each page writes under a key of
 * its own, so that two tabs never overwrite each other. Only `find` is asynchronous: a page that is being left
 * has no time for more. Nothing throws where storage is blocked or full.
 */
export function openDraft<T>({ owner, scope }: Omit<DraftPlace, 'base'>): DraftSlot<T> {
  const ownName = `${PREFIX}${scope}`;
  let key = newKey();
  let source: string | null = null;

  function newKey(): string {
    const fresh = `${PREFIX}${owner}/${scope}/${crypto.randomUUID?.() ?? Math.random()}`;
    void takeLock(fresh, { ifAvailable: true });
    return fresh;
  }

  return {
    async find() {
      const own = quietly(() => sessionStorage.getItem(ownName)) ?? '';
      const starts = [owner, GUEST].map((one) => `${PREFIX}${one}/${scope}/`);
      const keys = listDrafts()
        .map((stored) => stored.key)
        .filter((stored) => stored !== key && starts.some((start) => stored.startsWith(start)))
        .sort((one, other) => Number(other === own) - Number(one === own));
      for (const stored of keys) {
        const isFree = await takeLock(
          stored,
          stored === own ? { signal: AbortSignal.timeout(OWN_LOCK_WITHIN_MS) } : { ifAvailable: true },
        );
        const found = isFree ? readStored<T>(stored) : null;
        if (found) return found;
      }
      return null;
    },
    take(found) {
      key = newKey();
      source = found.key;
    },
    save(draft, length) {
      if (length > ONE_MAX) return 'tooLarge';
      const value = `${Date.now()}\n${JSON.stringify(draft)}`;
      if (value.length > ALL_MAX) return 'tooLarge';
      if (!quietly(() => writeStored(key, value))) return 'notKept';
      quietly(() => sessionStorage.setItem(ownName, key));
      if (source !== null) removeStored(source);
      source = null;
      return 'kept';
    },
    clear: () => removeStored(key),
    forget() {
      removeStored(key);
      if (source !== null) removeStored(source);
      source = null;
    },
  };
}

/** Held until the page is left; always free where the Locks API is missing, as on a page without TLS. */
async function takeLock(key: string, options: LockOptions): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return true;
  return new Promise((resolve) => {
    locks
      .request(key, options, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<void>(() => {});
      })
      .catch(() => resolve(false));
  });
}

/** Newest first, without those that are too old, which are removed. */
function listDrafts(): { key: string; at: number; length: number }[] {
  const all = quietly(() => Object.keys(localStorage)) ?? [];
  const drafts = all
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => {
      const value = localStorage.getItem(key) ?? '';
      return { key, at: Number.parseInt(value, 10) || 0, length: value.length };
    })
    .sort((one, other) => other.at - one.at);
  const isOld = ({ at }: { at: number }) => Date.now() - at > KEPT_FOR_MS;
  for (const { key } of drafts.filter(isOld)) removeStored(key);
  return drafts.filter((draft) => !isOld(draft));
}

/** Makes room by removing the oldest drafts. @throws where the browser refuses */
function writeStored(key: string, value: string): true {
  let left = ALL_MAX - value.length;
  for (const [index, other] of listDrafts()
    .filter((stored) => stored.key !== key)
    .entries()) {
    left -= other.length;
    if (left < 0 || index >= KEPT_MAX - 1) removeStored(other.key);
  }
  localStorage.setItem(key, value);
  return true;
}

function readStored<T>(key: string): FoundDraft<T> | null {
  return quietly(() => {
    const value = localStorage.getItem(key) ?? '';
    const { base, draft } = JSON.parse(value.slice(value.indexOf('\n')));
    return { key, base, draft };
  });
}

function removeStored(key: string): void {
  quietly(() => localStorage.removeItem(key));
}
