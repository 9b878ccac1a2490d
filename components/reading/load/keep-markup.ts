import 'server-only';
import { after } from 'next/server';
import { insertBytes } from '@/components/request/insert-bytes';
import { discardMarkup, leaveMarkup } from '../markup-handover';

/** Like `leaveMarkup`, for UTF-8 as well; discards the markup when the response is complete. */
export function keepMarkup(markup: string | Uint8Array): string {
  const bytes = typeof markup === 'string' ? Buffer.from(markup) : markup;
  const token = leaveMarkup(insertBytes(bytes) ?? new TextDecoder().decode(bytes));
  after(() => discardMarkup(token));
  return token;
}
