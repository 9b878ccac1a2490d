import 'server-only';
import { readSlug } from '@/components/actions/action-arguments';
import { arrive, isPlainPost } from '@/components/actions/arrive';
import { binaryFilesState } from '@/components/actions/error-state';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { openAction, pasteAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { rememberEditKey, withEditKey } from '@/components/request/edit-key-cookie';
import { setPageStatus } from '@/components/request/page-response';
import { keepNewKey } from '@/components/request/saved-page-key';
import type { Caller } from '@/lib/core/caller';
import { now } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';
import { createPaste } from '@/lib/pastes/create';
import { hashEditKey } from '@/lib/pastes/edit-key';
import { canEdit } from '@/lib/pastes/policy';
import { findPaste, type PasteRecord } from '@/lib/pastes/queries';
import { readFileText } from '@/lib/pastes/read';
import { createPasteSchema, updatePasteSchema } from '@/lib/pastes/schema';
import { updatePaste } from '@/lib/pastes/update';
import { isWider } from '@/lib/pastes/visibility';
import { withGrant } from '@/lib/pastes/with-grant';
import type { CredentialReport } from '@/lib/text/credentials/report-credentials';
import { carryDraft } from './carried-draft';
import { applyChoice, reportDraft } from './credential-check';
import { type Draft, EMPTY_FILE } from './draft';
import { changesOf, type DraftForm, readDraftForm, withoutBlanks } from './draft-form';
import { isSignedOut, toEditAnswer } from './edit-answer';
import { toPasteInput } from './paste-input';

/** Creates a paste from the composer's form, or returns the form with one file more or less. */
export async function createFromDraft(form: FormData): Promise<FormState> {
  return draftAction(form, async (caller, keep) => {
    const posted = await readDraftForm(form);
    if (posted.intent.kind !== 'save') return reshape(posted, form);
    const { choice } = posted.intent;
    const given = keep({ ...posted.draft, files: withoutBlanks(posted.draft.files) });
    if (posted.binaries.length > 0) return binaryFilesState(posted.binaries);
    const parse = (draft: Draft) => parseFields(createPasteSchema, toPasteInput(draft));
    const input = parse(given);
    // A user who started writing while signed in expects the paste among their own.
    if (isSignedOut(form, caller)) throw new AppError('unauthorized');
    // Before the check for credentials, which takes time for a long text.
    await enforceLimit('change-pastes', caller);
    const credentials = choice === null ? await reportDraft(given, []) : null;
    if (credentials) return askAbout(credentials);
    const draft = keep(await applyChoice(given, choice));
    const { paste, editKey } = await createPaste(draft === given ? input : parse(draft), caller);
    await keepNewKey(paste.slug, editKey);
    return arrive(`/${paste.slug}?saved`);
  });
}

/** Saves the changes to a paste, or returns the form with one file more or less. */
export async function updateFromDraft(boundSlug: string, form: FormData): Promise<FormState> {
  const state = await draftAction(form, async (caller, keep) => {
    keep((await readDraftForm(form)).draft);
    const slug = readSlug(boundSlug);
    const editor = await withEditKey(caller, slug);
    const paste = await findEditable(slug, editor).catch((error: unknown) => {
      throw isSignedOut(form, editor) ? new AppError('unauthorized') : error;
    });
    const originals = await Promise.all(paste.files.map(readFileText));
    const posted = await readDraftForm(form, originals);
    if (posted.intent.kind !== 'save') return reshape(posted, form);
    const { choice } = posted.intent;
    const visibility = posted.draft.visibility || paste.visibility;
    const isPublished = paste.visibility !== 'private' && !isWider(visibility, paste.visibility);
    const published = isPublished ? originals : [];
    const given = keep({ ...posted.draft, files: withoutBlanks(posted.draft.files) });
    if (posted.binaries.length > 0) return binaryFilesState(posted.binaries);
    const parse = (draft: Draft) => parseFields(updatePasteSchema, toPasteInput(draft));
    const input = parse(given);
    await enforceLimit('change-pastes', editor);
    const credentials = choice === null ? await reportDraft({ ...given, visibility }, published) : null;
    if (credentials) return askAbout(credentials);
    const draft = keep(await applyChoice(given, choice, published));
    const changes = changesOf(draft === given ? input : parse(draft), { paste, originals });
    const ifMatch = textOf(form, 'etag');
    if (changes) await updatePaste(slug, changes, { caller: editor, ifMatch });
    return arrive(`/${slug}?saved`);
  });
  return toEditAnswer(state, boundSlug);
}

/** Checks an entered edit key; this browser remembers it if it is correct. */
export async function enterEditKey(boundSlug: string, form: FormData): Promise<FormState> {
  return pasteAction(boundSlug, form, async (caller, slug) => {
    const key = textOf(form, 'edit_key').trim();
    if (key === '') throw keyFault('key_missing');
    await enforceLimit('guess-key', caller);
    const paste = await findPaste(slug, now());
    const keyHolder = { ...caller, user: null, role: 'user', editKeyHash: hashEditKey(key) } as const;
    if (!paste || !canEdit(keyHolder, paste, now())) {
      throw keyFault('key_wrong');
    }
    await rememberEditKey(slug, key);
    return arrive(`/${slug}/edit`);
  });
}

/**
 * As `openAction`, for a form whose texts may be long: what was typed is carried to the page as the draft that
 * the action kept last, if it fails or asks.
 */
async function draftAction(
  form: FormData,
  work: (caller: Caller, keep: (draft: Draft) => Draft) => Promise<FormState>,
): Promise<FormState> {
  let kept: Draft | undefined;
  const keep = (draft: Draft) => {
    kept = draft;
    return draft;
  };
  const state = await openAction(form, (caller) => work(caller, keep), { keepsTyped: false });
  if (state.outcome !== 'error' && state.outcome !== 'asked') return state;
  // It may have failed before the action could keep a draft, as when the session cannot be read.
  kept ??= await readDraftForm(form).then(
    ({ draft }) => draft,
    () => undefined,
  );
  if (kept) await carryDraft({ draft: kept, etag: textOf(form, 'etag') });
  return state;
}

async function askAbout(credentials: CredentialReport): Promise<FormState> {
  if (await isPlainPost()) setPageStatus(422);
  return { ...NOT_POSTED, outcome: 'asked', credentials };
}

async function findEditable(slug: string, caller: Caller): Promise<PasteRecord> {
  const paste = await findPaste(slug, now());
  if (!paste || !canEdit(caller, await withGrant(paste, caller), now())) throw new AppError('not_found');
  return paste;
}

function keyFault(message: string): AppError {
  return new AppError('validation_failed', { fields: [{ path: 'edit_key', message }] });
}

async function reshape({ draft, intent }: DraftForm, form: FormData): Promise<FormState> {
  const files =
    intent.kind === 'remove'
      ? draft.files.filter((_, index) => index !== intent.file)
      : [...draft.files, EMPTY_FILE];
  const reshaped = { ...draft, files: files.length > 0 ? files : [EMPTY_FILE] };
  await carryDraft({ draft: reshaped, etag: textOf(form, 'etag') });
  return NOT_POSTED;
}
