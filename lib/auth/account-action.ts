import 'server-only';
import type { ActionCaller } from '../forms/action-caller';
import type { FormState } from '../forms/form-state';
import { openAction, withoutSummary } from '../forms/guarded-action';

/** As `openAction`, for forms of one or two fields. */
export async function accountAction(
  form: FormData,
  work: (caller: ActionCaller) => Promise<FormState>,
): Promise<FormState> {
  return withoutSummary(await openAction(form, work));
}
