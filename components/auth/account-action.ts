import 'server-only';
import type { FormState } from '@/components/actions/form-state';
import { openAction, withoutSummary } from '@/components/actions/guarded-action';
import type { Caller } from '@/lib/core/caller';

/** As `openAction`, for forms of one or two fields. */
export function accountAction(
  form: FormData,
  work: (caller: Caller) => Promise<FormState>,
): Promise<FormState> {
  return openAction(form, work).then(withoutSummary);
}
