'use server';

import { headers } from 'next/headers';
import { AppError } from '../errors';
import { readId } from '../forms/action-arguments';
import { arrive } from '../forms/action-caller';
import type { FormState } from '../forms/form-state';
import { memberAction } from '../forms/guarded-action';
import { toFieldErrors } from '../forms/refusal';
import { PAGE_PATH_HEADER } from '../page-path';
import { updateUserSchema } from './schema';
import { updateUser } from './service';

export async function changeRoleAction(id: string, _previous: FormState, form: FormData): Promise<FormState> {
  return changeUser(id, form, { change: { role: form.get('role') }, done: 'role' });
}

export async function banUserAction(id: string, _previous: FormState, form: FormData): Promise<FormState> {
  return changeUser(id, form, { change: { banned: true }, done: 'banned' });
}

export async function unbanUserAction(id: string, _previous: FormState, form: FormData): Promise<FormState> {
  return changeUser(id, form, { change: { banned: false }, done: 'unbanned' });
}

export async function endSessionsAction(
  id: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return changeUser(id, form, { change: { end_sessions: true }, done: 'ended' });
}

/** Changes somebody, and goes back to where in the list that was asked for. */
function changeUser(
  id: string,
  form: FormData,
  { change, done }: { change: Record<string, unknown>; done: string },
): Promise<FormState> {
  return memberAction('admin', form, async ({ session, ...caller }) => {
    const input = updateUserSchema.safeParse(change);
    if (!input.success) throw new AppError('validation_failed', { fields: toFieldErrors(input.error) });
    const { username } = await updateUser(readId(id), input.data, session.user);
    return arrive(await hrefAfter(`${done}.${username}`), caller);
  });
}

async function hrefAfter(done: string): Promise<string> {
  const here = (await headers()).get(PAGE_PATH_HEADER) ?? '/admin';
  const { searchParams } = new URL(here, 'http://origin.invalid');
  searchParams.set('done', done);
  return `/admin?${searchParams}`;
}
