'use server';

import { getTranslations } from 'next-intl/server';
import { readId } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { decideApprovalSchema } from '@/lib/reports/approval-schema';
import { decideApproval } from '@/lib/reports/approve';

export async function decideApprovalAction(boundId: string, _previous: FormState, form: FormData) {
  const state = await memberAction('moderator', form, async (caller) => {
    const id = readId(boundId);
    const reason = textOf(form, 'reason').trim();
    const input = parseFields(decideApprovalSchema, {
      decision: textOf(form, 'decision'),
      version: textOf(form, 'version'),
      ...(reason === '' ? {} : { reason }),
    });
    await decideApproval(id, input, caller);
    const done = input.decision === 'approve' ? 'approved' : 'declined';
    return arrive(`/admin/approvals?done=${done}.${encodeURIComponent(textOf(form, 'username'))}`);
  });
  if (state.code !== 'conflict') return state;
  return { ...state, sentence: (await getTranslations('approvals'))('changed') };
}
