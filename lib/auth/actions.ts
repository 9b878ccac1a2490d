'use server';

import { getLocale, getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { AppError, type FieldError } from '../errors';
import { type ActionCaller, arrive } from '../forms/action-caller';
import { type FormState, NOT_POSTED } from '../forms/form-state';
import { openAction } from '../forms/guarded-action';
import { parseFields } from '../forms/parse-fields';
import { toFieldErrors } from '../forms/refusal';
import { enforceLimit } from '../limits/enforce';
import {
  givenPasswordSchema,
  mailAddressSchema,
  passwordSchema,
  registerSchema,
  tokenSchema,
} from '../users/schema';
import {
  confirmEmail,
  registerQuietly,
  requestPasswordReset,
  resendVerification,
  resetPassword,
} from '../users/service';
import { accountAction } from './account-action';
import { signInBrowser } from './browser-sign-in';
import { signOut } from './config';
import { currentSession } from './current-user';
import { safeNextPath } from './next-path';

const signInSchema = z.object({
  login: z.string().trim().min(1, 'login_missing').max(1_000, 'login_missing'),
  password: givenPasswordSchema,
});

/** Opens an account; what follows is the same whether or not the address has one already. */
export async function registerAction(_previous: FormState, form: FormData): Promise<FormState> {
  return accountAction(form, async (caller) => {
    const { email, username, password } = readTexts(form);
    const input = registerSchema.safeParse({ email, username, password });
    const faults = [...(input.success ? [] : toFieldErrors(input.error)), ...mismatch(form)];
    if (!input.success || faults.length > 0) throw invalid(faults);
    await enforceLimit('register', caller);
    await registerQuietly(input.data, await getLocale());
    return arrive('/verify-email?sent', caller);
  });
}

export async function loginAction(_previous: FormState, form: FormData): Promise<FormState> {
  return accountAction(form, async (caller) => {
    const { login, password, next } = readTexts(form);
    await signInBrowser(parseFields(signInSchema, { login, password }));
    return arrive(safeNextPath(next, '/me'), caller);
  });
}

export async function logoutAction(_previous: FormState, form: FormData): Promise<FormState> {
  return openAction(form, async (caller) => {
    // Auth.js would take the cookie away also where the session cannot be ended.
    await currentSession();
    await signOut({ redirect: false });
    return arrive('/', caller);
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

/** Confirms an address with the token of a mailed link. */
export async function verifyEmailAction(_previous: FormState, form: FormData): Promise<FormState> {
  return accountAction(form, async (caller) => {
    await enforceLimit('verify', caller);
    await confirmEmail(readToken(form), caller);
    const isSignedIn = (await currentSession()) !== null;
    return arrive(isSignedIn ? '/settings?verified' : '/login?verified', caller);
  });
}

/** Sets another password with the token of a mailed link. */
export async function resetPasswordAction(_previous: FormState, form: FormData): Promise<FormState> {
  return accountAction(form, async (caller) => {
    const token = readToken(form);
    const password = passwordSchema.safeParse(form.get('password'));
    const faults = [
      ...(password.success
        ? []
        : toFieldErrors(password.error).map((fault) => ({ ...fault, path: 'password' }))),
      ...mismatch(form),
    ];
    if (!password.success || faults.length > 0) throw invalid(faults);
    await enforceLimit('verify', caller);
    await resetPassword({ token, password: password.data }, caller);
    return arrive('/login?reset', caller);
  });
}

/** The address that asks for a mail; counted against it and whoever asks, for neither can be trusted. */
async function readRecipient(form: FormData, caller: ActionCaller): Promise<string> {
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
