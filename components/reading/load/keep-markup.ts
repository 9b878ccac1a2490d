import 'server-only';
import { insertBytes } from '@/components/request/insert-bytes';
import { afterResponse } from '@/components/request/next-response';
import { discardMarkup, leaveMarkup } from '../markup-handover';

/** Like `leaveMarkup`, for UTF-8 as well; discards the markup when the response is complete. */
export function keepMarkup(markup: string | Uint8Array): string {
  const mark = insertBytes(typeof markup === 'string' ? Buffer.from(markup) : markup);
  const token = leaveMarkup(mark ?? (typeof markup === 'string' ? markup : new TextDecoder().decode(markup)));
  afterResponse(() => discardMarkup(token));
  return token;
}
