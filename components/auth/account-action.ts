import 'server-only';
import type { ActionCaller } from '@/components/actions/action-caller';
import type { FormState } from '@/components/actions/form-state';
import { openAction, withoutSummary } from '@/components/actions/guarded-action';

/** As `openAction`, for forms of one or two fields. */
export async function accountAction(
  form: FormData,
  work: (caller: ActionCaller) => Promise<FormState>,
): Promise<FormState> {
  return withoutSummary(await openAction(form, work));
}
