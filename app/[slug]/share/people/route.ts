import { readSlug } from '@/components/actions/action-arguments';
import { answerJson } from '@/components/actions/json-answer';
import { readForm } from '@/components/actions/parse-fields';
import { requireMember } from '@/components/request/current-caller';
import { listForSheet } from '@/components/sharing/load-sheet';
import { shareByForm } from '@/components/sharing/share-changes';

type Context = RouteContext<'/[slug]/share/people'>;

/** For the share sheet: whom the paste is shared with. */
export function GET(_request: Request, { params }: Context): Promise<Response> {
  return answerJson(async (caller) =>
    listForSheet(readSlug((await params).slug), requireMember(caller, 'member')),
  );
}

/** Shares the paste with the people of a form. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return answerJson(async (caller) => {
    const member = requireMember(caller, 'member');
    return shareByForm(readSlug((await params).slug), await readForm(request), member);
  });
}
