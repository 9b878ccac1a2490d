'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { arrive, isPlainPost } from '@/components/actions/arrive';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { checkEntries } from '@/lib/contacts/check-entries';
import { importContacts } from '@/lib/contacts/import';
import { MAX_FAULTS_SHOWN } from '@/lib/contacts/import-limits';
import { readImportFile } from '@/lib/contacts/read-import-file';
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
import { runInSlices } from '@/lib/contacts/time-slicing';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';
import { readBackHref, readContactForm, readContactId } from './contact-form-fields';
import { forgetDeleted, readDeleted, rememberDeleted } from './deleted-cookie';
import { refuseEntries, refuseFile } from './import-refusal';

export async function createContactAction(_previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    const ownerId = caller.user.id;
    const input = parseFields(contactInputSchema, readContactForm(form));
    await enforceLimit('contacts-create', caller);
    const { id } = await createContact(ownerId, input).catch(addTakenFields({ ownerId, input }));
    return arrive(`/contacts?done=added.${id}`);
  });
}

export async function updateContactAction(
  boundId: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    const ownerId = caller.user.id;
    const id = readContactId(boundId);
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
export async function starContactAction(_previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    const id = readContactId(form.get('id'));
    await updateContact(caller.user.id, id, { favorite: textOf(form, 'favorite') === 'true' });
    if (await isPlainPost()) redirect(readBackHref(form.get('back')));
    return { ...NOT_POSTED, outcome: 'saved' };
  });
}

export async function deleteContactAction(
  boundId: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    const id = readContactId(boundId);
    const contact = await getContactOrThrow(caller.user.id, id);
    await deleteContact(caller.user.id, id);
    await rememberDeleted(caller.user.id, contact);
    // Not `arrive`: setting a cookie renders this page again, and its contact no longer exists.
    redirect('/contacts');
  });
}

export async function restoreContactAction(_previous: FormState, form: FormData): Promise<FormState> {
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

/** An import counts as one created contact towards the rate limit. */
export async function importContactsAction(_previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    const ownerId = caller.user.id;
    await enforceLimit('contacts-create', caller);
    const file = form.get('file');
    const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
    const read = await runInSlices(readImportFile(bytes));
    if ('refusal' in read) return refuseFile(read.refusal);
    const mayShorten = textOf(form, 'rest') !== '';
    const { valid, faulty, shortened } = await runInSlices(checkEntries(read.entries, { mayShorten }));
    if (faulty.length > 0 && !mayShorten) {
      return refuseEntries(faulty, read.entries.length);
    }
    const outcome = await importContacts(ownerId, valid).catch(nullIfFull);
    if (outcome === null) return refuseFile('full');
    const { created, completed, skipped, crowded } = outcome;
    const counts = [created, completed, skipped, faulty.length, crowded];
    const lines = [
      linesQuery(
        'left',
        faulty.map(({ line }) => line),
      ),
      linesQuery('shortened', shortened),
    ];
    return arrive(`/contacts?imported=${counts.join('.')}${lines.join('')}`);
  });
}

/** Line numbers of the file for the notice on the next page, at most `MAX_FAULTS_SHOWN`. */
function linesQuery(name: string, lines: readonly number[]): string {
  return lines.length === 0 ? '' : `&${name}=${lines.slice(0, MAX_FAULTS_SHOWN).join('.')}`;
}

function nullIfFull(error: unknown): null {
  if (error instanceof AppError && error.code === 'too_large') return null;
  throw error;
}
