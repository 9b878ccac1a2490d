'use server';

import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';
import { deletePaste } from '@/lib/pastes/delete';
import { readBackHref, readChosenSlugs } from './own-selection';

/** How many pastes are deleted at a time: each takes connections to the database and the store. */
const AT_ONCE = 5;

/** Deletes the chosen pastes of the member; pastes of other users are skipped. */
export async function deleteOwnPastesAction(_previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    await enforceLimit('change-pastes', caller);
    const slugs = readChosenSlugs(form.getAll('slug'));
    const owner = { ...caller, role: 'user' } as const;
    let deleted = 0;
    for (let start = 0; start < slugs.length; start += AT_ONCE) {
      const ended = await Promise.all(
        slugs
          .slice(start, start + AT_ONCE)
          .map((slug) => deletePaste(slug, owner).then(() => 1, skipDeleted)),
      );
      deleted += ended.reduce((sum, one) => sum + one, 0);
    }
    const back = readBackHref(form.get('back'));
    return arrive(`${back}${back.includes('?') ? '&' : '?'}deleted=${deleted}`);
  });
}

function skipDeleted(error: unknown): number {
  if (error instanceof AppError && error.code === 'not_found') return 0;
  throw error;
}
