'use server';

import { redirect } from 'next/navigation';
import { readSlug } from '@/components/actions/action-arguments';
import { arrive, callerOfAction } from '@/components/actions/action-caller';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { textOf } from '@/components/actions/parse-fields';
import { refuse, refuseBinaries, toFieldErrors } from '@/components/actions/refusal';
import {
  currentViewer,
  forgetEditKey,
  leaveKeyForSavedPage,
  rememberEditKey,
  viewerOf,
} from '@/components/request/edit-key-cookie';
import { now } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';
import { etagOf } from '@/lib/pastes/dto';
import { hashEditKey } from '@/lib/pastes/edit-key';
import { ANONYMOUS, canEdit, type Viewer } from '@/lib/pastes/policy';
import { findPaste, type PasteRecord } from '@/lib/pastes/queries';
import { createPasteSchema, updatePasteSchema } from '@/lib/pastes/schema';
import { createPaste, deletePaste, readFileText, updatePaste } from '@/lib/pastes/service';
import { withGrant } from '@/lib/pastes/with-grant';
import { carryDraft } from './carried-draft';
import { type Draft, EMPTY_FILE } from './draft';
import { changesOf, type DraftForm, readDraftForm, toPasteInput, withoutBlanks } from './draft-form';

/** Makes a paste from the composer's form, or gives the form back with a file more or less. */
export async function createPasteAction(_previous: FormState, form: FormData): Promise<FormState> {
  const caller = await callerOfAction(form);
  const posted = await readDraftForm(form);
  if (posted.intent.kind !== 'save') return reshape(posted);
  const draft = { ...posted.draft, files: withoutBlanks(posted.draft.files) };
  if (posted.binaries.length > 0) return giveBack(draft, refuseBinaries(posted.binaries, caller));
  let slug: string;
  try {
    const input = createPasteSchema.safeParse(toPasteInput(draft));
    if (!input.success) throw new AppError('validation_failed', { fields: toFieldErrors(input.error) });
    const viewer = await currentViewer();
    // A user who started writing while signed in expects the paste among their own.
    if (form.get('author') === 'member' && viewer.userId === null) throw new AppError('unauthorized');
    await enforceLimit('change-pastes', { ...caller, userId: viewer.userId });
    const { paste, editKey } = await createPaste(input.data, viewer);
    slug = paste.slug;
    if (editKey !== null) {
      await rememberEditKey(slug, editKey);
      await leaveKeyForSavedPage(slug, editKey);
    }
  } catch (error) {
    return giveBack(draft, refuse(error, caller));
  }
  return arrive(`/${slug}?saved`, caller);
}

/** Saves what was changed, or gives the form back with a file more or less. */
export async function updatePasteAction(
  boundSlug: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const caller = await callerOfAction(form);
  let { draft } = await readDraftForm(form);
  let slug: string;
  try {
    slug = readSlug(boundSlug);
    const viewer = await viewerOf(slug);
    const paste = await findEditable(slug, viewer);
    const originals = await Promise.all(paste.files.map(readFileText));
    const posted = await readDraftForm(form, originals);
    if (posted.intent.kind !== 'save') return await reshape(posted);
    draft = { ...posted.draft, files: withoutBlanks(posted.draft.files) };
    if (posted.binaries.length > 0) return await giveBack(draft, refuseBinaries(posted.binaries, caller));
    const input = updatePasteSchema.safeParse(toPasteInput(draft));
    if (!input.success) throw new AppError('validation_failed', { fields: toFieldErrors(input.error) });
    await enforceLimit('change-pastes', { ...caller, userId: viewer.userId });
    const changes = changesOf(input.data, { paste, originals });
    const ifMatch = textOf(form, 'etag');
    if (changes) await updatePaste(slug, changes, { viewer, ifMatch });
  } catch (error) {
    const state = await giveBack(draft, refuse(error, caller));
    return state.code === 'stale' ? { ...state, etag: await currentEtag(boundSlug) } : state;
  }
  return arrive(`/${slug}?saved`, caller);
}

export async function deletePasteAction(
  boundSlug: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const caller = await callerOfAction(form);
  let viewer: Viewer;
  try {
    const slug = readSlug(boundSlug);
    viewer = await viewerOf(slug);
    await deletePaste(slug, viewer);
    if (viewer.editKeyHash !== null) await forgetEditKey(slug);
  } catch (error) {
    return refuse(error, caller);
  }
  redirect(viewer.userId === null ? '/?deleted' : '/me?deleted=1');
}

/** Checks an entered edit key; this browser remembers it if it is correct. */
export async function enterEditKeyAction(
  boundSlug: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const caller = await callerOfAction(form);
  const key = textOf(form, 'edit_key').trim();
  let slug: string;
  try {
    slug = readSlug(boundSlug);
    if (key === '') throw keyFault('key_missing');
    const { userId } = await currentViewer();
    await enforceLimit('guess-key', { ...caller, userId });
    const paste = await findPaste(slug, now());
    if (!paste || !canEdit({ ...ANONYMOUS, editKeyHash: hashEditKey(key) }, paste, now())) {
      throw keyFault('key_wrong');
    }
    await rememberEditKey(slug, key);
  } catch (error) {
    return refuse(error, caller);
  }
  return arrive(`/${slug}/edit`, caller);
}

async function findEditable(slug: string, viewer: Viewer): Promise<PasteRecord> {
  const paste = await findPaste(slug, now());
  if (!paste || !canEdit(await withGrant(viewer, paste), paste, now())) throw new AppError('not_found');
  return paste;
}

async function currentEtag(slug: string): Promise<string | null> {
  const paste = await findPaste(slug, now());
  return paste && etagOf(paste);
}

function keyFault(message: string): AppError {
  return new AppError('validation_failed', { fields: [{ path: 'edit_key', message }] });
}

async function reshape({ draft, intent }: DraftForm): Promise<FormState> {
  const files =
    intent.kind === 'remove'
      ? draft.files.filter((_, index) => index !== intent.file)
      : [...draft.files, EMPTY_FILE];
  await carryDraft({ ...draft, files: files.length > 0 ? files : [EMPTY_FILE] });
  return NOT_POSTED;
}

async function giveBack(draft: Draft, state: Promise<FormState>): Promise<FormState> {
  await carryDraft(draft);
  return state;
}
