'use server';

import { readId } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { endOtherSessions, endSessionById } from '@/lib/accounts/sessions/service';

/** Signs out one of the user's devices. */
export async function endSessionAction(id: string, _previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    await endSessionById(caller.user.id, readId(id));
    return arrive('/settings/security?saved=session');
  });
}

export async function endOtherSessionsAction(_previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    await endOtherSessions(caller);
    return arrive('/settings/security?saved=sessions');
  });
}
