import 'server-only';
import { getLocale } from 'next-intl/server';
import { readId, readSlug } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { memberAction, openAction } from '@/components/actions/guarded-action';
import { textOf } from '@/components/actions/parse-fields';
import { enforceLimit } from '@/lib/limits/enforce';
import { confirmCode, sendCode } from '@/lib/sharing/codes';
import { mailShareAgain } from '@/lib/sharing/service';
import { changeRoleByForm, revokeById, shareByForm } from './share-changes';
import { rememberShare } from './shares-cookie';

/** Shares a paste with the contacts and addresses of the form; see `shareByForm`. */
export async function sharePaste(boundSlug: string, form: FormData): Promise<FormState> {
  const state = await memberAction('member', form, async (caller) => {
    const slug = readSlug(boundSlug);
    const { count, isMailed } = await shareByForm(slug, form, caller);
    return arrive(`/${slug}/share?${isMailed ? 'mailed' : 'shared'}=${count}`);
  });
  if (state.outcome !== 'error') return state;
  return { ...state, values: { ...state.values, addresses: textOf(form, 'addresses') } };
}

/** Changes the role of a share. */
export async function updateShare(boundSlug: string, boundId: string, form: FormData): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    const slug = readSlug(boundSlug);
    await changeRoleByForm({ slug, id: readId(boundId) }, form, caller);
    return arrive(`/${slug}/share?changed`);
  });
}

/** Revokes a share. */
export async function revokeShare(boundSlug: string, boundId: string, form: FormData): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    const slug = readSlug(boundSlug);
    await revokeById({ slug, id: readId(boundId) }, caller);
    return arrive(`/${slug}/share?revoked`);
  });
}

/** Emails a new personal link for an existing share. */
export async function mailAgain(boundSlug: string, boundId: string, form: FormData): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    const slug = readSlug(boundSlug);
    await enforceLimit('change-pastes', caller);
    await mailShareAgain(slug, readId(boundId), caller);
    return arrive(`/${slug}/share?again`);
  });
}

/** Emails a code to the recipient of a personal link. */
export async function requestCode(boundSlug: string, form: FormData): Promise<FormState> {
  return openAction(form, async (caller) => {
    const slug = readSlug(boundSlug);
    const link = textOf(form, 'share');
    await enforceLimit('mail-request', caller);
    await sendCode(slug, link, await getLocale());
    return arrive(linkHref(slug, link));
  });
}

/** Opens the paste of a personal link in this browser, given the emailed code. */
export async function enterCode(boundSlug: string, form: FormData): Promise<FormState> {
  return openAction(form, async (caller) => {
    const slug = readSlug(boundSlug);
    await enforceLimit('guess-key', caller);
    await rememberShare(await confirmCode(slug, textOf(form, 'share'), textOf(form, 'code')));
    return arrive(`/${slug}`);
  });
}

function linkHref(slug: string, link: string): string {
  return `/${slug}?${new URLSearchParams({ share: link, confirm: '' })}`;
}
