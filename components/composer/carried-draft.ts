import 'server-only';
import { headers } from 'next/headers';
import type { Draft } from './draft';

// Without JavaScript an action and the page that follows it are one request. What was typed goes from
// one to the other here: in the action's state it would come back as a hidden field, and be posted twice.
const carried = new WeakMap<object, CarriedDraft>();

export interface CarriedDraft {
  draft: Draft;
  /** Of the revision that was edited; empty for a new paste. */
  etag: string;
}

export async function carryDraft(draft: CarriedDraft): Promise<void> {
  carried.set(await headers(), draft);
}

export async function takeCarriedDraft(): Promise<CarriedDraft | undefined> {
  return carried.get(await headers());
}
