import 'server-only';
import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { requireSession } from '@/components/request/current-user';
import { viewerOf } from '@/components/request/edit-key-cookie';
import { PAGE_PATH_HEADER } from '@/components/request/page-path';
import type { ActiveSession } from '@/lib/accounts/sessions/queries';
import type { Access } from '@/lib/accounts/sign-in/access';
import type { UserRecord } from '@/lib/accounts/users/queries';
import type { Actor } from '@/lib/core/actor';
import { AppError } from '@/lib/core/errors';
import { logRefusal } from '@/lib/core/security-log';
import type { Viewer } from '@/lib/pastes/policy';
import { readSlug } from './action-arguments';
import { type ActionCaller, arrive, callerOfAction } from './action-caller';
import type { FormState } from './form-state';
import { refuse } from './refusal';

const SECRET_FIELD = /password|token$|key/;
const MAX_KEPT = 2_000;

/**
 * Runs an action that needs no session. An error becomes a state of the form that keeps what was typed, except
 * secrets, unless the action keeps it itself (`keepsTyped: false`).
 */
export async function openAction(
  form: FormData,
  work: (caller: ActionCaller) => Promise<FormState>,
  { keepsTyped = true }: { keepsTyped?: boolean } = {},
): Promise<FormState> {
  const caller = await callerOfAction(form);
  try {
    return await work(caller);
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof AppError) logRefusal(error, { address: caller.address, userId: null });
    const state = await refuse(error, caller);
    return keepsTyped ? { ...state, values: typedValues(form) } : state;
  }
}

interface PasteActionCaller extends Omit<ActionCaller, 'userId'> {
  userId: string | null;
  slug: string;
  viewer: Viewer;
}

/** As `openAction`, on the paste with this slug, for a viewer whose rights the service decides. */
export function pasteAction(
  boundSlug: unknown,
  form: FormData,
  work: (caller: PasteActionCaller) => Promise<FormState>,
): Promise<FormState> {
  return openAction(form, async (caller) => {
    const slug = readSlug(boundSlug);
    const viewer = await viewerOf(slug);
    return work({ ...caller, userId: viewer.userId, slug, viewer });
  });
}

/** Of a form of a few fields: a fault beside its field needs no sentence above them. */
export function withoutSummary(state: FormState): FormState {
  return Object.keys(state.fields).length > 0 ? { ...state, sentence: null } : state;
}

export interface Member extends Omit<ActionCaller, 'userId'> {
  userId: string;
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
    return work({ ...caller, userId: session.user.id, session, actor });
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
