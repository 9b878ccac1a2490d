'use server';

import { getLocale, getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { arrive } from '@/components/actions/arrive';
import { toFieldErrors } from '@/components/actions/error-state';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { confirmEmail, resendVerification } from '@/lib/accounts/confirm-email';
import { getLinkView } from '@/lib/accounts/mailed-link';
import { givenPasswordSchema, passwordSchema } from '@/lib/accounts/passwords/schema';
import { registerQuietly } from '@/lib/accounts/register';
import { confirmWithNewPassword, requestPasswordReset, resetPassword } from '@/lib/accounts/reset-password';
import { mailAddressSchema, registerSchema, tokenSchema } from '@/lib/accounts/users/schema';
import type { Caller } from '@/lib/core/caller';
import { AppError, type FieldError } from '@/lib/core/errors';
import { safeNextPath } from '@/lib/core/next-path';
import { enforceLimit } from '@/lib/limits/enforce';
import { accountAction } from './account-action';
import { signInBrowser } from './browser-sign-in';
import { forgetRegistration, rememberRegistration } from './registration-cookie';

const signInSchema = z.object({
  login: z.string().trim().min(1, 'login_missing').max(1_000, 'login_missing'),
  password: givenPasswordSchema,
});

const confirmationSchema = z.object({ password: givenPasswordSchema });
const newPasswordSchema = z.object({ password: passwordSchema });

/** Creates an account; the response is the same if the address already has one. */
export async function registerAction(_previous: FormState, form: FormData): Promise<FormState> {
  return accountAction(form, async (caller) => {
    const { email, username, password, invitation } = readTexts(form);
    const input = registerSchema.safeParse({ email, username, password, invitation });
    const faults = [...(input.success ? [] : toFieldErrors(input.error)), ...mismatch(form)];
    if (!input.success || faults.length > 0) throw invalid(faults);
    await enforceLimit('register', caller);
    await rememberRegistration(await registerQuietly(input.data, { ...caller, locale: await getLocale() }));
    return arrive('/verify-email?sent');
  });
}

export async function loginAction(_previous: FormState, form: FormData): Promise<FormState> {
  return accountAction(form, async () => {
    const { login, password, next } = readTexts(form);
    await signInBrowser(parseFields(signInSchema, { login, password }));
    return arrive(safeNextPath(next, '/me'));
  });
}

export async function resendVerificationAction(_previous: FormState, form: FormData): Promise<FormState> {
  return accountAction(form, async (caller) => {
    await resendVerification(await readRecipient(form, caller));
    return said((await getTranslations('auth'))('verify.resent'));
  });
}

export async function forgotPasswordAction(_previous: FormState, form: FormData): Promise<FormState> {
  return accountAction(form, async (caller) => {
    await requestPasswordReset(await readRecipient(form, caller));
    return said((await getTranslations('auth'))('forgot.sent'));
  });
}

/**
 * Confirms the address of a new account with the token of a mailed link, and signs in. Asks for the password unless
 * this browser has registered the account.
 */
export async function verifyEmailAction(_previous: FormState, form: FormData): Promise<FormState> {
  return accountAction(form, async (caller) => {
    if (form.has('password')) {
      await signInBrowser(await readConfirmation(form, caller)).catch(besidePassword);
    } else if (!(await confirmAsRegistered(form, caller))) {
      return arrive(`/verify-email?${new URLSearchParams({ token: readToken(form) })}`);
    }
    return arrive('/me?verified');
  });
}

/** Confirms the address that an account changes to; signs in where that account is not signed in. */
export async function confirmChangeAction(_previous: FormState, form: FormData): Promise<FormState> {
  return accountAction(form, async (caller) => {
    const { token, password } = await readConfirmation(form, caller);
    const { user } = caller;
    const isOwn = user !== null && (await getLinkView(token, 'confirm')).link?.userId === user.id;
    const work = isOwn ? confirmEmail({ token, password }, caller) : signInBrowser({ token, password });
    await work.catch(besidePassword);
    return arrive('/settings?verified');
  });
}

/** Confirms the address of a new account with the token of a confirmation link, and sets a new password. */
export async function confirmWithNewPasswordAction(_previous: FormState, form: FormData): Promise<FormState> {
  return accountAction(form, async (caller) => {
    const input = await readNewPassword(form, caller);
    const { email } = await confirmWithNewPassword(input, caller);
    // The address is confirmed in any case; a rate limit may still prevent the sign-in.
    const isSignedIn = await signInBrowser({ login: email, password: input.password }).then(
      () => true,
      () => false,
    );
    return arrive(isSignedIn ? '/me?verified' : '/login?reset');
  });
}

/** Sets another password with the token of a mailed link. */
export async function resetPasswordAction(_previous: FormState, form: FormData): Promise<FormState> {
  return accountAction(form, async (caller) => {
    await resetPassword(await readNewPassword(form, caller), caller);
    await forgetRegistration();
    return arrive('/login?reset');
  });
}

/** @returns false if the account has another password than this browser registered it with; counted */
async function confirmAsRegistered(form: FormData, caller: Caller): Promise<boolean> {
  const token = readToken(form);
  await enforceLimit('verify', caller);
  return signInBrowser({ token }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError && error.code === 'invalid_credentials') return false;
      throw error;
    },
  );
}

/** The token of a link and the password of its account; counted. */
async function readConfirmation(form: FormData, caller: Caller) {
  const token = readToken(form);
  const { password } = parseFields(confirmationSchema, { password: textOf(form, 'password') });
  await enforceLimit('verify', caller);
  return { token, password };
}

/** The token of a link and a password to be set; counted. */
async function readNewPassword(form: FormData, caller: Caller) {
  const token = readToken(form);
  const input = newPasswordSchema.safeParse({ password: form.get('password') });
  const faults = [...(input.success ? [] : toFieldErrors(input.error)), ...mismatch(form)];
  if (!input.success || faults.length > 0) throw invalid(faults);
  await enforceLimit('verify', caller);
  return { token, password: input.data.password };
}

/** The account is named by the link, so only the password can be wrong. */
function besidePassword(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'invalid_credentials') throw error;
  const fields = [{ path: 'password', message: 'password_not_of_account' }];
  throw new AppError('invalid_credentials', { fields, cause: error });
}

/** The email that an email is requested for; counted against both it and the client's address. */
async function readRecipient(form: FormData, caller: Caller): Promise<string> {
  const { email } = parseFields(mailAddressSchema, { email: readTexts(form).email });
  await enforceLimit('mail-request', caller);
  return email;
}

function readToken(form: FormData): string {
  const token = tokenSchema.safeParse(form.get('token'));
  if (!token.success) throw new AppError('invalid_token');
  return token.data;
}

function readTexts(form: FormData): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === 'string') texts[name] = value;
  return texts;
}

function mismatch(form: FormData): FieldError[] {
  if (form.get('password') === form.get('password_again')) return [];
  return [{ path: 'password_again', message: 'password_mismatch' }];
}

function invalid(fields: FieldError[]): AppError {
  return new AppError('validation_failed', { fields });
}

function said(sentence: string): FormState {
  return { ...NOT_POSTED, outcome: 'saved', sentence };
}
