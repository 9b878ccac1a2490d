import type { NextRequest } from 'next/server';
import { readSlug } from '@/components/actions/action-arguments';
import { answerJson } from '@/components/actions/json-answer';
import { requireMember } from '@/components/request/current-caller';
import { suggestContacts } from '@/components/sharing/load-sheet';

type Context = RouteContext<'/[slug]/share/contacts'>;

/** For the share sheet: contacts of the user that match `?q=`. */
export function GET({ nextUrl }: NextRequest, { params }: Context): Promise<Response> {
  const typed = nextUrl.searchParams.get('q') ?? '';
  return answerJson(async (caller) => {
    const member = requireMember(caller, 'member');
    return suggestContacts(readSlug((await params).slug), { caller: member, typed });
  });
}
