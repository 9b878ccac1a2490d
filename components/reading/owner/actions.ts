'use server';

import { readSlug } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { forgetEditKey, heldEditKeys } from '@/components/request/edit-key-cookie';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';
import { claimPaste } from '@/lib/pastes/claim';
import { hidePaste } from '@/lib/pastes/hide';
import { hideSchema } from '@/lib/pastes/schema';

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
    await hidePaste(slug, input.reason, caller);
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
    await hidePaste(slug, null, caller);
    return arrive(`/${slug}`);
  });
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
