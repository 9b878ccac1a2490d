'use server';

import { getTranslations } from 'next-intl/server';
import { readId } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/arrive';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { currentPath } from '@/components/request/current-path';
import { deleteAccountSchema } from '@/lib/accounts/users/schema';
import { inviteUser } from '@/lib/admin/invite';
import { inviteSchema, updateUserSchema } from '@/lib/admin/schema';
import { eraseUser, updateUser } from '@/lib/admin/service';

export async function changeRoleAction(id: string, _previous: FormState, form: FormData) {
  return changeUser(id, form, { change: { role: form.get('role') }, done: 'role' });
}

export async function banUserAction(id: string, _previous: FormState, form: FormData) {
  return changeUser(id, form, { change: { banned: true }, done: 'banned' });
}

export async function unbanUserAction(id: string, _previous: FormState, form: FormData) {
  return changeUser(id, form, { change: { banned: false }, done: 'unbanned' });
}

export async function endSessionsAction(id: string, _previous: FormState, form: FormData) {
  return changeUser(id, form, { change: { end_sessions: true }, done: 'ended' });
}

export async function inviteUserAction(_previous: FormState, form: FormData) {
  return memberAction('admin', form, async (caller) => {
    const { email } = await inviteUser(caller, parseFields(inviteSchema, { email: form.get('email') }).email);
    const sentence = (await getTranslations('admin.invite'))('sent', { email });
    return { ...NOT_POSTED, outcome: 'saved', sentence };
  });
}

export async function eraseUserAction(id: string, _previous: FormState, form: FormData) {
  return memberAction('admin', form, async (caller) => {
    const { password } = parseFields(deleteAccountSchema, { password: textOf(form, 'password') });
    await eraseUser(readId(id), caller, password);
    return arrive('/admin?done=erased');
  });
}

/** Changes a user, then returns to the same place in the list. */
function changeUser(
  id: string,
  form: FormData,
  { change, done }: { change: Record<string, unknown>; done: string },
): Promise<FormState> {
  return memberAction('admin', form, async (caller) => {
    const input = parseFields(updateUserSchema, change);
    const { username } = await updateUser(readId(id), input, caller.user);
    return arrive(await hrefAfter(`${done}.${username}`));
  });
}

async function hrefAfter(done: string): Promise<string> {
  const { searchParams } = new URL(await currentPath(), 'http://origin.invalid');
  searchParams.set('done', done);
  return `/admin?${searchParams}`;
}
