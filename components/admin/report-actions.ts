'use server';

import { getTranslations } from 'next-intl/server';
import { readId } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/arrive';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { unblockHash } from '@/lib/reports/blocked';
import { decideCase } from '@/lib/reports/decide';
import { hidePastes } from '@/lib/reports/hide';
import { decideCaseSchema, hidePastesSchema } from '@/lib/reports/schema';

export async function decideCaseAction(boundId: string, _previous: FormState, form: FormData) {
  const state = await memberAction('moderator', form, async (caller) => {
    const id = readId(boundId);
    const reason = textOf(form, 'reason').trim();
    const revision = textOf(form, 'revision');
    const input = parseFields(decideCaseSchema, {
      decision: textOf(form, 'decision'),
      ...(revision === '' ? {} : { revision: Number(revision) }),
      ...(reason === '' ? {} : { reason }),
      block_texts: form.has('block_texts'),
      ban_author: form.has('ban_author'),
    });
    await decideCase(id, input, caller);
    return arrive('/admin/reports?done=decided');
  });
  if (state.code !== 'conflict') return state;
  return { ...state, sentence: (await getTranslations('moderation'))('changed') };
}

export async function hideSelectedAction(_previous: FormState, form: FormData) {
  const state = await memberAction('moderator', form, async (caller) => {
    const { slugs, reason } = parseFields(hidePastesSchema, {
      slugs: form.getAll('slug').filter((slug) => typeof slug === 'string'),
      reason: textOf(form, 'reason'),
    });
    const { hidden, failed } = await hidePastes(slugs, reason, caller);
    if (failed.length === 0) return arrive(`/admin/reports?done=hidden.${hidden.length}`);
    const t = await getTranslations('moderation');
    const sentence = t('notAllHidden', { count: hidden.length, slugs: failed.join(', ') });
    return { ...NOT_POSTED, outcome: 'error', sentence };
  });
  const [fault] = Object.values(state.fields);
  return fault === undefined ? state : { ...state, sentence: fault };
}

export async function unblockHashAction(boundHash: string, _previous: FormState, form: FormData) {
  return memberAction('moderator', form, async (caller) => {
    await unblockHash(String(boundHash), caller);
    return arrive('/admin/blocked?done=unblocked');
  });
}
