'use server';

import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { forgetEditKey, heldEditKeys } from '@/components/request/edit-key-cookie';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';
import { claimPaste } from '@/lib/pastes/claim';

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
