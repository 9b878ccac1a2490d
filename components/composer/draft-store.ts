import { createStore, del, entries, set, type UseStore } from 'idb-keyval';
import type { Draft } from './draft';

const KEPT_FOR_MS = 7 * 86_400_000;
const KEPT_MAX = 8;
const OWN_ID = 'sheaf:draft';
const OWN_LOCK_WITHIN_MS = 800;

interface StoredDraft {
  draft: Draft;
  at: number;
}

export interface DraftSlot {
  found: Draft | null;
  save: (draft: Draft) => Promise<void>;
  clear: () => Promise<void>;
}

/**
 * This tab's place for what is being written, in the browser and nowhere else. What it finds there is its
 * own, or that of a tab which is gone; a tab that is open keeps its own under a lock.
 */
export async function openDraftSlot(): Promise<DraftSlot> {
  const store = createStore('sheaf', 'drafts');
  const kept = await tidy(store);
  const { id, found } = await chooseDraft(kept);
  sessionStorage.setItem(OWN_ID, id);
  return {
    found,
    save: (draft) => set(id, { draft, at: Date.now() } satisfies StoredDraft, store),
    clear: () => del(id, store),
  };
}

async function chooseDraft(kept: Map<string, StoredDraft>): Promise<{ id: string; found: Draft | null }> {
  const own = sessionStorage.getItem(OWN_ID);
  if (own !== null && (await takeLock(own, { signal: AbortSignal.timeout(OWN_LOCK_WITHIN_MS) }))) {
    const found = kept.get(own);
    if (found) return { id: own, found: found.draft };
  }
  for (const [id, { draft }] of kept) {
    if (id !== own && (await takeLock(id, { ifAvailable: true }))) return { id, found: draft };
  }
  const id = crypto.randomUUID?.() ?? String(Math.random());
  await takeLock(id, { ifAvailable: true });
  return { id, found: null };
}

/** Held until the tab closes; always free where the Locks API is missing, as on a page without TLS. */
async function takeLock(id: string, options: LockOptions): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return true;
  return new Promise((resolve) => {
    locks
      .request(`sheaf:draft:${id}`, options, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<void>(() => {});
      })
      .catch(() => resolve(false));
  });
}

/** Newest first; what is old is let go. */
async function tidy(store: UseStore): Promise<Map<string, StoredDraft>> {
  const all = (await entries<string, StoredDraft>(store)).sort(([, one], [, other]) => other.at - one.at);
  const kept = all.slice(0, KEPT_MAX).filter(([, { at }]) => Date.now() - at < KEPT_FOR_MS);
  const keptIds = new Set(kept.map(([id]) => id));
  await Promise.all(all.filter(([id]) => !keptIds.has(id)).map(([id]) => del(id, store)));
  return new Map(kept);
}
