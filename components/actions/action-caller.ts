import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { noteActionBegan } from '@/components/request/next-actions';
import { AppError } from '@/lib/core/errors';
import { clientAddressOf } from '@/lib/core/http/client-address';
import { ACTION_HEADER } from '@/lib/core/http/next-headers';
import { type FormState, NOT_POSTED } from './form-state';

export interface ActionCaller {
  userId: null;
  address: string;
  userAgent: string;
  /** Posted by the browser itself, without JavaScript: the answer is a page, not a state. */
  isPlainPost: boolean;
}

/**
 * Call with the form before anything else in an action.
 * @throws AppError malformed_body when what was sent is no form
 */
export async function callerOfAction(form: FormData): Promise<ActionCaller> {
  if (!(form instanceof FormData)) throw new AppError('malformed_body');
  return callerWithoutForm();
}

/** As `callerOfAction`, for what is not posted by a form. */
export async function callerWithoutForm(): Promise<ActionCaller> {
  noteActionBegan();
  const request = await headers();
  return {
    userId: null,
    address: clientAddressOf(request),
    userAgent: request.get('user-agent') ?? '',
    isPlainPost: !request.has(ACTION_HEADER),
  };
}

/** With JavaScript the page goes there by itself, so that the answer need not carry another page. */
export async function arrive(href: string, { isPlainPost }: { isPlainPost: boolean }): Promise<FormState> {
  if (isPlainPost) redirect(href);
  return { ...NOT_POSTED, outcome: 'saved', href };
}
