import 'server-only';
import { unstable_rethrow } from 'next/navigation';
import { currentCaller } from '@/components/request/current-caller';
import { noteActionBegan } from '@/components/request/next-actions';
import { toAppError } from '@/lib/core/app-error';
import type { Caller } from '@/lib/core/caller';
import { logDenial } from '@/lib/core/security-log';
import { errorSentence } from './error-state';

/**
 * Answers the script of a page with JSON: what `work` makes, or `{ sentence }`, why not, in the language of the page.
 * proxy.ts keeps the answer out of caches, and rejects changes that pages of other sites ask for.
 */
export async function answerJson(work: (caller: Caller) => Promise<unknown>): Promise<Response> {
  // What it posts may be a form, whose failures are not those of decoding an action.
  noteActionBegan();
  let caller: Caller | undefined;
  try {
    caller = await currentCaller();
    return Response.json(await work(caller));
  } catch (error) {
    unstable_rethrow(error);
    const problem = toAppError(error);
    if (caller) logDenial(problem, caller);
    const { status, retryAfter } = problem;
    const headers: HeadersInit = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
    return Response.json({ sentence: await errorSentence(problem) }, { status, headers });
  }
}
