'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { arrive } from '@/components/actions/action-caller';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { MAX_FAULTS_SHOWN } from '@/lib/contacts/book-entry';
import { checkEntries } from '@/lib/contacts/check-entries';
import { importContacts } from '@/lib/contacts/import';
import { readBook } from '@/lib/contacts/read-book';
import { contactInputSchema } from '@/lib/contacts/schema';
import {
  createContact,
  deleteContact,
  getContactOrThrow,
  replaceContact,
  restoreContact,
  updateContact,
} from '@/lib/contacts/service';
import { runSteps } from '@/lib/contacts/steps';
import { namingTwin } from '@/lib/contacts/twin';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';
import { forgetDeleted, readDeleted, rememberDeleted } from './deleted-cookie';
import { refuseBook, refuseEntries } from './import-refusal';
import { readBackHref, readContactForm, readContactId } from './person-fields';

export async function createPersonAction(_previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('member', form, async ({ session, ...caller }) => {
    const ownerId = session.user.id;
    const input = parseFields(contactInputSchema, readContactForm(form));
    await enforceLimit('contacts-create', { ...caller, userId: ownerId });
    const { id } = await createContact(ownerId, input).catch(namingTwin({ ownerId, input }));
    return arrive(`/people?done=added.${id}`, caller);
  });
}

export async function updatePersonAction(
  boundId: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return memberAction('member', form, async ({ session, ...caller }) => {
    const ownerId = session.user.id;
    const id = readContactId(boundId);
    const input = parseFields(contactInputSchema, readContactForm(form));
    const readAt = textOf(form, 'read_at');
    await replaceContact(ownerId, id, input, { readAt }).catch(namingTwin({ ownerId, input, exceptId: id }));
    return arrive(`/people?done=changed.${id}`, caller);
  }).then(sayingStale);
}

async function sayingStale(state: FormState): Promise<FormState> {
  if (state.code !== 'stale') return state;
  return { ...state, sentence: (await getTranslations('people'))('stale') };
}

/** Nothing bound: a list of fifty would carry it fifty times. Posted by the browser itself, the list comes again; with JavaScript only the star turns. */
export async function starPersonAction(_previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('member', form, async ({ session, ...caller }) => {
    const id = readContactId(form.get('id'));
    await updateContact(session.user.id, id, { favorite: textOf(form, 'favorite') === 'true' });
    if (caller.isPlainPost) redirect(readBackHref(form.get('back')));
    return { ...NOT_POSTED, outcome: 'saved' };
  });
}

export async function deletePersonAction(
  boundId: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return memberAction('member', form, async ({ session }) => {
    const id = readContactId(boundId);
    const contact = await getContactOrThrow(session.user.id, id);
    await deleteContact(session.user.id, id);
    await rememberDeleted(session.user.id, contact);
    // Not `arrive`: a cookie that changes has this page drawn again, and there is nobody to show on it.
    redirect('/people');
  });
}

export async function restorePersonAction(_previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('member', form, async ({ session, ...caller }) => {
    const ownerId = session.user.id;
    const deleted = await readDeleted(ownerId);
    if (!deleted) throw new AppError('not_found');
    await enforceLimit('contacts-create', { ...caller, userId: ownerId });
    const { id } = await restoreContact(ownerId, deleted);
    await forgetDeleted();
    redirect(`/people?done=restored.${id}`);
  });
}

/** An import counts like one contact that is made. */
export async function importPeopleAction(_previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('member', form, async ({ session, ...caller }) => {
    const ownerId = session.user.id;
    await enforceLimit('contacts-create', { ...caller, userId: ownerId });
    const file = form.get('file');
    const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
    const book = await runSteps(readBook(bytes));
    if ('refusal' in book) return refuseBook(book.refusal, caller);
    const mayShorten = textOf(form, 'rest') !== '';
    const { people, faulty, shortened } = await runSteps(checkEntries(book.entries, { mayShorten }));
    if (faulty.length > 0 && !mayShorten) {
      return refuseEntries(faulty, { ...caller, total: book.entries.length });
    }
    const outcome = await importContacts(ownerId, people).catch(nullIfFull);
    if (outcome === null) return refuseBook('full', caller);
    const { created, completed, skipped, crowded } = outcome;
    const counts = [created, completed, skipped, faulty.length, crowded];
    const lines = [
      linesQuery(
        'left',
        faulty.map(({ line }) => line),
      ),
      linesQuery('shortened', shortened),
    ];
    return arrive(`/people?imported=${counts.join('.')}${lines.join('')}`, caller);
  });
}

/** The first lines of the file of which something was not taken, for the page that says so. */
function linesQuery(name: string, lines: readonly number[]): string {
  return lines.length === 0 ? '' : `&${name}=${lines.slice(0, MAX_FAULTS_SHOWN).join('.')}`;
}

function nullIfFull(error: unknown): null {
  if (error instanceof AppError && error.code === 'too_large') return null;
  throw error;
}
