'use server';

import { redirect } from 'next/navigation';
import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { memberAction, withoutSummary } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { signOut } from '@/components/auth/auth-config';
import { rememberDevice } from '@/components/auth/device-cookie';
import { requestEmailChange } from '@/lib/accounts/change-email';
import { changePassword } from '@/lib/accounts/change-password';
import { deleteAccount } from '@/lib/accounts/delete-account';
import { updateProfile } from '@/lib/accounts/update-profile';
import { removeAvatar, setAvatar } from '@/lib/accounts/users/avatars';
import {
  changeEmailSchema,
  changePasswordSchema,
  deleteAccountSchema,
  updateProfileSchema,
} from '@/lib/accounts/users/schema';
import type { Member } from '@/lib/core/caller';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';

export async function updateProfileAction(_previous: FormState, form: FormData) {
  return shortFormAction(form, async (caller) => {
    const input = parseFields(updateProfileSchema, {
      name: textOf(form, 'name'),
      username: textOf(form, 'username'),
    });
    await enforceLimit('change-profile', caller);
    await updateProfile(caller.user.id, input);
    return arrive('/settings?saved=profile');
  });
}

export async function setAvatarAction(_previous: FormState, form: FormData) {
  return shortFormAction(form, async (caller) => {
    await enforceLimit('avatar', caller);
    const image = form.get('image');
    const bytes = image instanceof File ? await image.arrayBuffer() : new ArrayBuffer(0);
    await setAvatar(caller.user.id, new Uint8Array(bytes));
    return arrive('/settings?saved=picture');
  });
}

export async function removeAvatarAction(_previous: FormState, form: FormData) {
  return shortFormAction(form, async (caller) => {
    await enforceLimit('avatar', caller);
    await removeAvatar(caller.user.id);
    return arrive('/settings?saved=picture-removed');
  });
}

/** Mails a link to the new address; nothing changes until it is confirmed. */
export async function changeEmailAction(_previous: FormState, form: FormData) {
  return shortFormAction(form, async (caller) => {
    const input = parseFields(changeEmailSchema, {
      email: textOf(form, 'email'),
      password: textOf(form, 'password'),
    });
    await requestEmailChange(caller, input).catch(besideField('password'));
    return arrive('/settings/account?saved=email');
  });
}

export async function changePasswordAction(_previous: FormState, form: FormData) {
  return shortFormAction(form, async (caller) => {
    const input = parseFields(changePasswordSchema, {
      current_password: textOf(form, 'current_password'),
      new_password: textOf(form, 'new_password'),
      end_tokens: form.has('end_tokens'),
    });
    if (textOf(form, 'new_password_again') !== input.new_password) {
      throw new AppError('validation_failed', {
        fields: [{ path: 'new_password_again', message: 'password_mismatch' }],
      });
    }
    await changePassword(caller, input).catch(besideField('current_password'));
    // The device token from before the change is no longer valid.
    await rememberDevice(caller.user.id);
    return arrive('/settings/security?saved=password');
  });
}

/** Deletes the account with everything in it, and the session cookie of this browser. */
export async function deleteAccountAction(_previous: FormState, form: FormData) {
  return shortFormAction(form, async (caller) => {
    const { password } = parseFields(deleteAccountSchema, { password: textOf(form, 'password') });
    await deleteAccount(caller, password).catch(besideField('password'));
    await signOut({ redirect: false });
    // Not `arrive`: setting a cookie renders this page again, which would redirect to the sign-in page.
    redirect('/?goodbye');
  });
}

async function shortFormAction(form: FormData, work: (member: Member) => Promise<FormState>) {
  return withoutSummary(await memberAction('member', form, work));
}

/** Reports a wrong password at the field where it was typed. */
function besideField(path: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof AppError) || error.code !== 'wrong_password') throw error;
    throw new AppError('wrong_password', { fields: [{ path, message: 'password_wrong' }], cause: error });
  };
}
