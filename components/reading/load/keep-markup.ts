import 'server-only';
import { after } from 'next/server';
import { discardMarkup, leaveMarkup } from '../markup-handover';

/** Like `leaveMarkup`; discards the markup when the response is complete. */
export function keepMarkup(html: string): string {
  const token = leaveMarkup(html);
  after(() => discardMarkup(token));
  return token;
}
