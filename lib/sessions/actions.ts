'use server';

import { readId } from '../forms/action-arguments';
import { arrive } from '../forms/action-caller';
import type { FormState } from '../forms/form-state';
import { memberAction } from '../forms/guarded-action';
import { endOtherSessions, endSessionById } from './service';

/** Signs one of the member's devices out. */
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
