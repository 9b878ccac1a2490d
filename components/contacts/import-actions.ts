'use server';

import { readId } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { textOf } from '@/components/actions/parse-fields';
import { importStored } from '@/lib/contacts/import-stored';
import { readImport } from '@/lib/contacts/read-import';
import { deleteImport, storeImport } from '@/lib/contacts/stored-imports';
import { enforceLimit } from '@/lib/limits/enforce';
import { previewHref, readChosen } from './import-choices';
import { refuseFile } from './import-refusal';

/** Stores a file that can be read. It counts as one created contact towards the rate limit, as its import does. */
export async function uploadContactsAction(_previous: FormState, form: FormData) {
  return memberAction('member', form, async (caller) => {
    const ownerId = caller.user.id;
    await enforceLimit('contacts-create', caller);
    const file = form.get('file');
    const { bytes, name } =
      file instanceof File ? await readFile(file) : { bytes: new Uint8Array(), name: '' };
    const read = await readImport(bytes);
    if ('refusal' in read) return refuseFile(read.refusal);
    return arrive(previewHref(await storeImport(ownerId, { name, bytes })));
  });
}

async function readFile(file: File) {
  return { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name };
}

/** The form of a preview; its buttons import, show the choices, and cancel. */
export async function importContactsAction(boundId: string, _previous: FormState, form: FormData) {
  return memberAction('member', form, async (caller) => {
    const ownerId = caller.user.id;
    const id = readId(boundId);
    const press = textOf(form, 'press');
    if (press === 'cancel') {
      await deleteImport(ownerId, id);
      return arrive('/contacts/import');
    }
    const choices = readChosen(form);
    if (press !== 'import') return arrive(previewHref(id, choices));
    await enforceLimit('contacts-create', caller);
    const refusal = await importStored(ownerId, id, choices);
    return refusal === null ? arrive(previewHref(id)) : refuseFile(refusal);
  });
}
