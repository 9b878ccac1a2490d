'use server';

import { readId } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/action-caller';
import type { FormState } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { endOtherSessions, endSessionById } from '@/lib/accounts/sessions/service';

/** Signs out one of the user's devices. */
export async function endSessionAction(id: string, _previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('member', form, async ({ session, ...caller }) => {
    await endSessionById(session.user.id, readId(id));
    return arrive('/settings/security?saved=session', caller);
  });
}

export async function endOtherSessionsAction(_previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('member', form, async ({ session, actor, ...caller }) => {
    await endOtherSessions(session.user.id, { keep: session.id, origin: actor.origin });
    return arrive('/settings/security?saved=sessions', caller);
  });
}
