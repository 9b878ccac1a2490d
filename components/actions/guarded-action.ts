import 'server-only';
import { unstable_rethrow } from 'next/navigation';
import { currentCaller, requireMember } from '@/components/request/current-caller';
import { signInHref } from '@/components/request/current-path';
import { withEditKey } from '@/components/request/edit-key-cookie';
import { noteActionBegan } from '@/components/request/next-actions';
import type { Access } from '@/lib/accounts/sign-in/access';
import type { Caller, Member } from '@/lib/core/caller';
import { AppError } from '@/lib/core/errors';
import { logDenial } from '@/lib/core/security-log';
import { readSlug } from './action-arguments';
import { arrive, isPlainPost } from './arrive';
import { errorState } from './error-state';
import type { FormState } from './form-state';
import { unaskedFaults } from './unshown-faults';

const SECRET_FIELD = /password|token$|key/;
const MAX_KEPT = 2_000;

/**
 * Runs an action that needs no session. An error becomes a state of the form that keeps what was typed, except
 * secrets, unless the action keeps it itself (`keepsTyped: false`).
 * @throws AppError malformed_body if no form was sent
 */
export async function openAction(
  form: FormData,
  work: (caller: Caller) => Promise<FormState>,
  { keepsTyped = true }: { keepsTyped?: boolean } = {},
): Promise<FormState> {
  if (!(form instanceof FormData)) throw new AppError('malformed_body');
  noteActionBegan();
  let caller: Caller | undefined;
  try {
    caller = await currentCaller();
    return await work(caller);
  } catch (error) {
    unstable_rethrow(error);
    if (caller && error instanceof AppError) logDenial(error, caller);
    const state = await errorState(error);
    if (!keepsTyped) return state;
    const unasked = (await isPlainPost()) ? unaskedFaults(state.fields, form) : [];
    return { ...state, unasked, values: typedValues(form) };
  }
}

/** As `openAction`, on the paste with this slug, for a caller whose rights the service decides. */
export function pasteAction(
  boundSlug: unknown,
  form: FormData,
  work: (caller: Caller, slug: string) => Promise<FormState>,
): Promise<FormState> {
  return openAction(form, async (caller) => {
    const slug = readSlug(boundSlug);
    return work(await withEditKey(caller, slug), slug);
  });
}

/** For short forms: an error beside its field needs no summary above them. */
export function withoutSummary(state: FormState): FormState {
  return Object.keys(state.fields).length > 0 ? { ...state, sentence: null } : state;
}

/** As `openAction`, for signed-in users with this role; others are sent to sign in first. */
export function memberAction(
  access: Exclude<Access, 'anyone'>,
  form: FormData,
  work: (caller: Member) => Promise<FormState>,
): Promise<FormState> {
  return openAction(form, async (caller) => {
    if (!caller.user) return arrive(await signInHref());
    return work(requireMember(caller, access));
  });
}

function typedValues(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value !== 'string' || name.startsWith('$') || SECRET_FIELD.test(name)) continue;
    typed[name] = value.slice(0, MAX_KEPT);
  }
  return typed;
}
