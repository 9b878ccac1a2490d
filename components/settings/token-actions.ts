'use server';

import { refresh } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { readId } from '@/components/actions/action-arguments';
import { arrive, isPlainPost } from '@/components/actions/arrive';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { createPersonalToken, revokePersonalToken } from '@/lib/accounts/tokens/personal';
import { createPersonalTokenSchema, SCOPES } from '@/lib/accounts/tokens/schema';
import { enforceLimit } from '@/lib/limits/enforce';

/** The result contains the new token as the value `made`, the only time it is shown. */
export async function createTokenAction(_previous: FormState, form: FormData) {
  return memberAction('member', form, async (caller) => {
    const input = parseFields(createPersonalTokenSchema, {
      name: textOf(form, 'name'),
      // One field for each scope, so that the choices are kept if another field is invalid.
      scopes: SCOPES.filter((scope) => form.has(`scope:${scope}`)),
      expires_in: textOf(form, 'lifetime'),
    });
    await enforceLimit('change-profile', caller);
    const { token = '' } = await createPersonalToken(caller, input);
    const t = await getTranslations('settings.tokens');
    if (!(await isPlainPost())) refresh();
    return { ...NOT_POSTED, outcome: 'saved', sentence: t('made'), values: { made: token } };
  });
}

export async function revokeTokenAction(id: string, _previous: FormState, form: FormData) {
  return memberAction('member', form, async (caller) => {
    await revokePersonalToken(caller.user.id, readId(id));
    return arrive('/settings/tokens?saved=revoked');
  });
}
