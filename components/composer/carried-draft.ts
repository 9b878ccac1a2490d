import 'server-only';
import { headers } from 'next/headers';
import type { Draft } from './draft';

// Without JavaScript an action and the page that follows it are one request. What was typed goes from
// one to the other here: in the action's state it would come back as a hidden field, and be posted twice.
const carried = new WeakMap<object, Draft>();

export async function carryDraft(draft: Draft): Promise<void> {
  carried.set(await headers(), draft);
}

export async function takeCarriedDraft(): Promise<Draft | undefined> {
  return carried.get(await headers());
}
