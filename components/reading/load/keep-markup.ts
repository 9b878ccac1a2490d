import 'server-only';
import { after } from 'next/server';
import { discardMarkup, leaveMarkup } from '../markup-handover';

/** As `leaveMarkup`, until Next has answered this request. */
export function keepMarkup(html: string): string {
  const token = leaveMarkup(html);
  after(() => discardMarkup(token));
  return token;
}
