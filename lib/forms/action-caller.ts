import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { clientAddressOf } from '../entry';
import { noteAction } from '../page-response';
import { type FormState, NOT_POSTED } from './form-state';

export interface ActionCaller {
  userId: null;
  address: string;
  userAgent: string;
  /** Posted by the browser itself, without JavaScript: the answer is a page, not a state. */
  isPlainPost: boolean;
}

export async function callerOfAction(): Promise<ActionCaller> {
  noteAction();
  const request = await headers();
  return {
    userId: null,
    address: clientAddressOf(request),
    userAgent: request.get('user-agent') ?? '',
    isPlainPost: !request.has('next-action'),
  };
}

/** With JavaScript the page goes there by itself, so that the answer need not carry another page. */
export async function arrive(href: string, { isPlainPost }: { isPlainPost: boolean }): Promise<FormState> {
  if (isPlainPost) redirect(href);
  return { ...NOT_POSTED, outcome: 'saved', href };
}
