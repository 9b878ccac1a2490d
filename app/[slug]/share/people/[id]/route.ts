import { readId } from '@/components/actions/action-arguments';
import { answerJson } from '@/components/actions/json-answer';
import { readForm } from '@/components/actions/parse-fields';
import { requireMember } from '@/components/request/current-caller';
import { changeRoleByForm } from '@/components/sharing/share-changes';

type Context = RouteContext<'/[slug]/share/people/[id]'>;

/** For the share sheet: changes the role of a share. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return answerJson(async (caller) => {
    const member = requireMember(caller, 'member');
    const { slug, id } = await params;
    await changeRoleByForm({ slug, id: readId(id) }, await readForm(request), member);
    return {};
  });
}
