'use server';

import { readSlug } from '@/components/actions/action-arguments';
import { errorSentence } from '@/components/actions/error-state';
import { signInHref } from '@/components/actions/guarded-action';
import { currentCaller, requireMember } from '@/components/request/current-caller';
import { noteActionBegan } from '@/components/request/next-actions';
import type { Member } from '@/lib/core/caller';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';
import { readShares } from '@/lib/sharing/service';
import { type ChoosableContact, findChoosableContacts } from './choosable-contacts';
import { type SheetShare, toSheetShares } from './sheet-shares';

/** What was asked for, the sentence that says why not, or the page to go to first. */
export type SheetAnswer<T> = { value: T } | { sentence: string } | { href: string };

const MAX_SUGGESTED = 8;
const MAX_TYPED = 200;

/** Whom the paste is shared with, for its owner. */
export async function listSharesAction(boundSlug: string): Promise<SheetAnswer<SheetShare[]>> {
  return answerMember(async (caller) => {
    await enforceLimit('read-api', caller);
    return toSheetShares(caller.user.id, await readShares(readSlug(boundSlug), caller));
  });
}

/** The user's contacts that match what is typed, and have an address that the paste is not shared with. */
export async function suggestContactsAction(
  boundSlug: string,
  typed: string,
): Promise<SheetAnswer<ChoosableContact[]>> {
  return answerMember(async (caller) => {
    await enforceLimit('contacts-list', caller);
    const shares = await readShares(readSlug(boundSlug), caller);
    const except = new Set([caller.user.email, ...shares.map(({ email }) => email)]);
    const search = String(typed).slice(0, MAX_TYPED);
    const { contacts } = await findChoosableContacts(caller.user.id, { search, chosen: [], except });
    return contacts.slice(0, MAX_SUGGESTED);
  });
}

async function answerMember<T>(work: (caller: Member) => Promise<T>): Promise<SheetAnswer<T>> {
  noteActionBegan();
  try {
    return { value: await work(requireMember(await currentCaller(), 'member')) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthorized') return { href: await signInHref() };
    return { sentence: await errorSentence(error) };
  }
}
