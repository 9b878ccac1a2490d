import { getLocale } from 'next-intl/server';
import { readSlug } from '@/components/actions/action-arguments';
import { answerJson } from '@/components/actions/json-answer';
import { requireMember } from '@/components/request/current-caller';
import { loadSheetSetup } from '@/components/sharing/load-sheet';

/** For the share sheet: all that it shows when it opens. */
export function GET(_request: Request, { params }: RouteContext<'/[slug]/share/sheet'>): Promise<Response> {
  return answerJson(async (caller) => {
    const member = requireMember(caller, 'member');
    return loadSheetSetup(readSlug((await params).slug), { caller: member, locale: await getLocale() });
  });
}
