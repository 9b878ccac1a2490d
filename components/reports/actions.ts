'use server';

import { getLocale } from 'next-intl/server';
import { readId } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { memberAction, pasteAction, withoutSummary } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { enforceLimit } from '@/lib/limits/enforce';
import { appealDecision } from '@/lib/reports/appeal';
import { reportPaste } from '@/lib/reports/report';
import { appealSchema, createReportSchema } from '@/lib/reports/schema';

export async function reportPasteAction(boundSlug: string, _previous: FormState, form: FormData) {
  return pasteAction(boundSlug, form, async (caller, slug) => {
    const input = parseFields(createReportSchema, {
      reason: textOf(form, 'reason'),
      details: textOf(form, 'details'),
      email: textOf(form, 'email').trim() || undefined,
      key: textOf(form, 'key').trim() || undefined,
    });
    await enforceLimit('report', caller);
    await reportPaste(slug, input, { caller, locale: await getLocale() });
    return arrive(`/${slug}/report?sent`);
  }).then(withoutSummary);
}

export async function appealAction(boundId: string, _previous: FormState, form: FormData) {
  return memberAction('member', form, async (caller) => {
    const id = readId(boundId);
    const { text } = parseFields(appealSchema, { text: textOf(form, 'text') });
    await enforceLimit('appeal', caller);
    await appealDecision(id, text, caller);
    return arrive(`/reports/${id}/appeal`);
  }).then(withoutSummary);
}
