import { readId } from '@/components/actions/action-arguments';
import { answerJson } from '@/components/actions/json-answer';
import { requireMember } from '@/components/request/current-caller';
import { revokeById } from '@/components/sharing/share-changes';

type Context = RouteContext<'/[slug]/share/people/[id]/revoke'>;

/** For the share sheet: revokes a share. */
export function POST(_request: Request, { params }: Context): Promise<Response> {
  return answerJson(async (caller) => {
    const { slug, id } = await params;
    await revokeById({ slug, id: readId(id) }, requireMember(caller, 'member'));
    return {};
  });
}
