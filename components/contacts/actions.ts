'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { readId } from '@/components/actions/action-arguments';
import { arrive, isPlainPost } from '@/components/actions/arrive';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { dismissDuplicates } from '@/lib/contacts/duplicates';
import { contactInputSchema } from '@/lib/contacts/schema';
import {
  createContact,
  deleteContact,
  getContactOrThrow,
  replaceContact,
  restoreContact,
  updateContact,
} from '@/lib/contacts/service';
import { addTakenFields } from '@/lib/contacts/taken-fields';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';
import { readBackHref, readContactForm, readDistinctIds } from './contact-form-fields';
import { forgetDeleted, readDeleted, rememberDeleted } from './deleted-cookie';

export async function createContactAction(_previous: FormState, form: FormData) {
  return memberAction('member', form, async (caller) => {
    const ownerId = caller.user.id;
    const input = parseFields(contactInputSchema, readContactForm(form));
    await enforceLimit('contacts-create', caller);
    const { id } = await createContact(ownerId, input).catch(addTakenFields({ ownerId, input }));
    return arrive(`/contacts?done=added.${id}`);
  });
}

export async function updateContactAction(boundId: string, _previous: FormState, form: FormData) {
  return memberAction('member', form, async (caller) => {
    const ownerId = caller.user.id;
    const id = readId(boundId);
    const input = parseFields(contactInputSchema, readContactForm(form));
    const readAt = textOf(form, 'read_at');
    await replaceContact(ownerId, id, input, { readAt }).catch(
      addTakenFields({ ownerId, input, exceptId: id }),
    );
    return arrive(`/contacts?done=changed.${id}`);
  }).then(explainStale);
}

async function explainStale(state: FormState): Promise<FormState> {
  if (state.code !== 'stale') return state;
  return { ...state, sentence: (await getTranslations('contacts'))('stale') };
}

/**
 * The id is a form field, not a bound argument, which would be repeated for each of fifty rows. Without
 * JavaScript the list is loaded again; with it, only the star changes.
 */
export async function starContactAction(_previous: FormState, form: FormData) {
  return memberAction('member', form, async (caller) => {
    const id = readId(form.get('id'));
    await updateContact(caller.user.id, id, { favorite: textOf(form, 'favorite') === 'true' });
    if (await isPlainPost()) redirect(readBackHref(form.get('back')));
    return { ...NOT_POSTED, outcome: 'saved' };
  });
}

export async function deleteContactAction(boundId: string, _previous: FormState, form: FormData) {
  return memberAction('member', form, async (caller) => {
    const id = readId(boundId);
    const contact = await getContactOrThrow(caller.user.id, id);
    await deleteContact(caller.user.id, id);
    await rememberDeleted(caller.user.id, contact);
    // Not `arrive`: setting a cookie renders this page again, and its contact no longer exists.
    redirect('/contacts');
  });
}

export async function restoreContactAction(_previous: FormState, form: FormData) {
  return memberAction('member', form, async (caller) => {
    const ownerId = caller.user.id;
    const deleted = await readDeleted(ownerId);
    if (!deleted) throw new AppError('not_found');
    await enforceLimit('contacts-create', caller);
    const { id } = await restoreContact(ownerId, deleted);
    await forgetDeleted();
    redirect(`/contacts?done=restored.${id}`);
  });
}

export async function dismissDuplicatesAction(_previous: FormState, form: FormData) {
  return memberAction('member', form, async (caller) => {
    await dismissDuplicates(caller.user.id, readDistinctIds(form));
    return arrive('/contacts/duplicates');
  });
}
