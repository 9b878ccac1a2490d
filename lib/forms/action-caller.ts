import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { CLIENT_ADDRESS_HEADER } from '../entry';
import { NOT_SAVED_YET, type SaveState } from './draft';

export interface ActionCaller {
  userId: null;
  address: string;
  /** Posted by the browser itself, without JavaScript: the answer is a page, not a state. */
  isPlainPost: boolean;
}

export async function callerOfAction(): Promise<ActionCaller> {
  const request = await headers();
  return {
    userId: null,
    address: request.get(CLIENT_ADDRESS_HEADER) ?? '',
    isPlainPost: !request.has('next-action'),
  };
}

/** With JavaScript the page goes there by itself, so that the answer need not carry another page. */
export async function arrive(href: string, { isPlainPost }: ActionCaller): Promise<SaveState> {
  if (isPlainPost) redirect(href);
  return { ...NOT_SAVED_YET, outcome: 'saved', href };
}
