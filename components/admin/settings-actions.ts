'use server';

import { getTranslations } from 'next-intl/server';
import { arrive } from '@/components/actions/arrive';
import { errorState } from '@/components/actions/error-state';
import type { FormState } from '@/components/actions/form-state';
import { memberAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { updateSettings } from '@/lib/admin/settings';
import { type UpdateSettings, updateSettingsSchema } from '@/lib/admin/settings-schema';
import { AppError } from '@/lib/core/errors';
import { SETTING_NAMES, SETTINGS } from '@/lib/core/settings/definitions';

/** Saves all fields of the form, or none of them. An empty field applies as configured. */
export async function updateSettingsAction(_previous: FormState, form: FormData): Promise<FormState> {
  return memberAction('admin', form, async ({ user }) => {
    const fields = Object.fromEntries(SETTING_NAMES.map((name) => [name, enteredIn(form, name)]));
    const input = parseFields(updateSettingsSchema, fields) as UpdateSettings;
    const version = Number(textOf(form, 'version'));
    try {
      await updateSettings(input, { actor: user, version });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'stale') throw error;
      const t = await getTranslations('instanceSettings');
      return { ...(await errorState(error)), sentence: t('stale') };
    }
    return arrive('/admin/settings?saved');
  });
}

/** What is typed or chosen, as the API would take it. */
function enteredIn(form: FormData, name: keyof typeof SETTINGS): unknown {
  const text = textOf(form, name).trim();
  if (text === '') return null;
  const { kind } = SETTINGS[name];
  if (kind === 'number') return /^\d{1,15}$/.test(text) ? Number(text) : text;
  if (kind === 'flag') return text === 'true' || (text === 'false' ? false : text);
  return kind === 'list'
    ? text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean)
    : text;
}
