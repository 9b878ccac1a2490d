import 'server-only';
import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { requireSession } from '@/components/request/current-user';
import { PAGE_PATH_HEADER } from '@/components/request/page-path';
import type { ActiveSession } from '@/lib/accounts/sessions/queries';
import type { Access } from '@/lib/accounts/sign-in/access';
import type { UserRecord } from '@/lib/accounts/users/queries';
import type { Actor } from '@/lib/core/actor';
import { AppError } from '@/lib/core/errors';
import { logRefusal } from '@/lib/core/security-log';
import { type ActionCaller, arrive, callerOfAction } from './action-caller';
import type { FormState } from './form-state';
import { refuse } from './refusal';

const SECRET_FIELD = /password|token$|key/;
const MAX_KEPT = 2_000;

/**
 * Runs an action for any visitor. An error becomes a state of the form, with what was typed, secrets
 * excepted.
 */
export async function openAction(
  form: FormData,
  work: (caller: ActionCaller) => Promise<FormState>,
): Promise<FormState> {
  const caller = await callerOfAction(form);
  try {
    return await work(caller);
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof AppError) logRefusal(error, { address: caller.address, userId: null });
    return { ...(await refuse(error, caller)), values: typedValues(form) };
  }
}

/** Of a form of a few fields: a fault beside its field needs no sentence above them. */
export function withoutSummary(state: FormState): FormState {
  return Object.keys(state.fields).length > 0 ? { ...state, sentence: null } : state;
}

export interface Member extends ActionCaller {
  session: ActiveSession;
  actor: Actor<UserRecord>;
}

/** As `openAction`, for signed-in users with this role; others are sent to sign in first. */
export function memberAction(
  access: Exclude<Access, 'anyone'>,
  form: FormData,
  work: (member: Member) => Promise<FormState>,
): Promise<FormState> {
  return openAction(form, async (caller) => {
    const session = await requireSession(access).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'unauthorized') return null;
      throw error;
    });
    if (!session) return arrive(await signInHref(), caller);
    const { address, userAgent } = caller;
    const actor = { user: session.user, sessionId: session.id, origin: { address, userAgent } };
    return work({ ...caller, session, actor });
  });
}

/** The sign-in page, from which one comes back to this one. */
export async function signInHref(): Promise<string> {
  const here = (await headers()).get(PAGE_PATH_HEADER) ?? '/';
  return `/login?next=${encodeURIComponent(here)}`;
}

function typedValues(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value !== 'string' || name.startsWith('$') || SECRET_FIELD.test(name)) continue;
    typed[name] = value.slice(0, MAX_KEPT);
  }
  return typed;
}
