import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { currentCaller } from '@/components/request/current-caller';
import { afterResponse, largeReader } from '@/components/request/next-response';
import { takeReadSlot, totalBytes } from '@/lib/pastes/large-reads';
import { READER_COOKIE, REVEALED_COOKIE, readReaderCookie } from '@/lib/pastes/reader-cookie';
import type { RevealedPaste } from '@/lib/pastes/reveal';

// The reveal and the page that shows it are one request; see `composer/carried-draft.ts`.
const carried = new WeakMap<object, CarriedReveal>();

export interface CarriedReveal {
  nonce: string;
  /** Null if it failed. */
  revealed: RevealedPaste | null;
  error: unknown;
}

export async function carryReveal(reveal: CarriedReveal): Promise<void> {
  carried.set(await headers(), reveal);
}

/**
 * What this request revealed, or what this browser revealed within the last minute: Next's script turns a reload of
 * the posted page into a GET, which so shows the same again and counts nothing.
 */
export const findReveal = cache(async (slug: string): Promise<CarriedReveal | undefined> => {
  const posted = carried.get(await headers());
  if (posted) return posted;
  const nonce = (await cookies()).get(REVEALED_COOKIE)?.value;
  if (nonce === undefined) return undefined;
  try {
    const { repeatReveal } = await import('@/lib/pastes/reveal');
    const revealed = await repeatReveal(slug, await revealOptions(nonce));
    return revealed.paste.burnAfter === null ? undefined : { nonce, revealed, error: null };
  } catch {
    return undefined;
  }
});

/** @throws AppError validation_failed for what cannot be a nonce */
export async function revealOptions(nonce: string) {
  const { nameReveal, readerOf } = await import('@/lib/pastes/reveal');
  const caller = await currentCaller();
  const reader = readerOf(caller, readReaderCookie((await cookies()).get(READER_COOKIE)?.value));
  return {
    caller,
    nonceHash: nameReveal(nonce, reader),
    beforeReading: async (files: readonly { bytes: number }[]) =>
      afterResponse(await takeReadSlot(totalBytes(files), largeReader(caller))),
  };
}
