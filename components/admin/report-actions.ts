'use server';

import { readId } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { memberAction, withoutSummary } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { unblockHash } from '@/lib/reports/blocked';
import { decideCase } from '@/lib/reports/decide';
import { hidePastes } from '@/lib/reports/hide';
import { decideCaseSchema, hidePastesSchema } from '@/lib/reports/schema';

export async function decideCaseAction(
  boundId: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const state = await memberAction('moderator', form, async (caller) => {
    const id = readId(boundId);
    const reason = textOf(form, 'reason').trim();
    const input = parseFields(decideCaseSchema, {
      decision: textOf(form, 'decision'),
      ...(reason === '' ? {} : { reason }),
      block_texts: form.has('block_texts'),
      ban_author: form.has('ban_author'),
    });
    await decideCase(id, input, caller);
    return arrive('/admin/reports?done=decided');
  });
  return withoutSummary(state);
}

export async function hideSelectedAction(_previous: FormState, form: FormData): Promise<FormState> {
  const state = await memberAction('moderator', form, async (caller) => {
    const { slugs, reason } = parseFields(hidePastesSchema, {
      slugs: form.getAll('slug').filter((slug) => typeof slug === 'string'),
      reason: textOf(form, 'reason'),
    });
    const { hidden } = await hidePastes(slugs, reason, caller);
    return arrive(`/admin/reports?done=hidden.${hidden.length}`);
  });
  const [fault] = Object.values(state.fields);
  return fault === undefined ? state : { ...state, sentence: fault };
}

export async function unblockHashAction(
  boundHash: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return memberAction('moderator', form, async (caller) => {
    await unblockHash(String(boundHash), caller);
    return arrive('/admin/blocked?done=unblocked');
  });
}
