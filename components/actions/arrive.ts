import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { ACTION_HEADER } from '@/lib/core/http/next-headers';
import { type FormState, NOT_POSTED } from './form-state';

/** Whether the browser itself posted the form, without JavaScript: the answer is a page, not a state. */
export async function isPlainPost(): Promise<boolean> {
  return !(await headers()).has(ACTION_HEADER);
}

/** Goes to a page after an action. With JavaScript the client navigates, so the response contains no page. */
export async function arrive(href: string): Promise<FormState> {
  if (await isPlainPost()) redirect(href);
  return { ...NOT_POSTED, outcome: 'saved', href };
}
