import 'server-only';
import type { ActionCaller } from '../forms/action-caller';
import type { FormState } from '../forms/form-state';
import { openAction } from '../forms/guarded-action';

/** As `openAction`, for forms of one or two fields: a fault beside its field needs no sentence above them. */
export async function accountAction(
  form: FormData,
  work: (caller: ActionCaller) => Promise<FormState>,
): Promise<FormState> {
  const state = await openAction(form, work);
  return Object.keys(state.fields).length > 0 ? { ...state, sentence: null } : state;
}
