'use server';

import { getTranslations } from 'next-intl/server';
import { readSlug } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { memberAction, pasteAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { forgetEditKey, heldEditKeys } from '@/components/request/edit-key-cookie';
import type { Caller } from '@/lib/core/caller';
import { now } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';
import { claimPaste } from '@/lib/pastes/claim';
import { etagOf } from '@/lib/pastes/dto';
import { canManage } from '@/lib/pastes/policy';
import { findPaste } from '@/lib/pastes/queries';
import { readFileText } from '@/lib/pastes/read';
import { hideSchema, type UpdatePaste, updatePasteSchema } from '@/lib/pastes/schema';
import { updatePaste } from '@/lib/pastes/update';
import { isWider } from '@/lib/pastes/visibility';
import { hideOne, showOne } from '@/lib/reports/hide';
import { reportCredentials } from '@/lib/text/credentials/report-credentials';

/** Hides a paste from everyone but its owner, who is notified with the reason. */
export async function hidePasteAction(
  boundSlug: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return memberAction('moderator', form, async (caller) => {
    const slug = readSlug(boundSlug);
    const input = parseFields(hideSchema, { reason: textOf(form, 'reason') });
    await enforceLimit('change-pastes', caller);
    await hideOne(slug, input.reason, caller);
    return arrive(`/${slug}`);
  });
}

export async function showPasteAction(
  boundSlug: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return memberAction('moderator', form, async (caller) => {
    const slug = readSlug(boundSlug);
    await enforceLimit('change-pastes', caller);
    await showOne(slug, caller);
    return arrive(`/${slug}`);
  });
}

/** Changes visibility and lifetime of a paste, where its page shows them, if it is as the page showed it. */
export async function changeSettingsAction(
  boundSlug: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const state = await pasteAction(boundSlug, form, async (caller, slug) => {
    const lifetime = textOf(form, 'lifetime');
    const input = parseFields(updatePasteSchema, {
      visibility: textOf(form, 'visibility'),
      ...(lifetime === 'keep' ? {} : { expires_in: lifetime }),
    });
    const ifMatch = textOf(form, 'etag') ?? '';
    await enforceLimit('change-pastes', caller);
    await requireNoNewCredentials(slug, input, { caller, ifMatch });
    await updatePaste(slug, input, { caller, ifMatch });
    return arrive(`/${slug}?saved`);
  });
  if (state.code === 'stale') {
    return { ...state, sentence: (await getTranslations('reading'))('settingsStale') };
  }
  return state;
}

/** More people get to read only what the composer would not ask about; there the author can mask it. */
async function requireNoNewCredentials(
  slug: string,
  { visibility }: UpdatePaste,
  { caller, ifMatch }: { caller: Caller; ifMatch: string },
): Promise<void> {
  const paste = await findPaste(slug, now());
  if (!paste || !canManage(caller, paste, now())) throw new AppError('not_found');
  // The update requires it too, so that what was checked here is what becomes visible.
  if (etagOf(paste) !== ifMatch) throw new AppError('stale');
  if (visibility === undefined || !isWider(visibility, paste.visibility)) return;
  const texts = await Promise.all(paste.files.map(readFileText));
  if (await reportCredentials(texts, { visibility })) {
    throw new AppError('validation_failed', {
      fields: [{ path: 'visibility', message: 'credentials_found' }],
    });
  }
}

/** Adds every existing paste whose edit key this browser has to the user's account. */
export async function claimPastesAction(_previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    await enforceLimit('claim', caller);
    let claimed = 0;
    for (const { slug, key: editKey } of await heldEditKeys()) {
      const isClaimed = await claimPaste({ slug, editKey }, caller).then(() => true, skipUnclaimable);
      if (!isClaimed) continue;
      await forgetEditKey(slug);
      claimed += 1;
    }
    return arrive(`/me?claimed=${claimed}`);
  });
}

/** Skips a paste that is deleted by now, or has an owner. */
function skipUnclaimable(error: unknown): false {
  if (error instanceof AppError && error.code === 'not_found') return false;
  throw error;
}
