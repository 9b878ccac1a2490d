import 'server-only';
import { insertBytes } from '@/components/request/insert-bytes';
import type { LateBytes } from '@/components/request/mark-replacer';
import { afterResponse } from '@/components/request/next-response';
import { toAppError } from '@/lib/core/app-error';
import { discardMarkup, leaveMarkup } from '../markup-handover';

/** As `keepMarkup`, for bytes whose end is not known yet. @returns null where the host hides the response */
export function keepLateMarkup(markup: LateBytes): string | null {
  // Logged also if the response never comes to it.
  markup.rest.catch(toAppError);
  const mark = insertBytes(markup);
  return mark === null ? null : keepMark(mark);
}

/** Like `leaveMarkup`, for UTF-8 as well; discards the markup when the response is complete. */
export function keepMarkup(markup: string | Uint8Array): string {
  const mark = insertBytes(typeof markup === 'string' ? Buffer.from(markup) : markup);
  return keepMark(mark ?? (typeof markup === 'string' ? markup : new TextDecoder().decode(markup)));
}

function keepMark(html: string): string {
  const token = leaveMarkup(html);
  afterResponse(() => discardMarkup(token));
  return token;
}
