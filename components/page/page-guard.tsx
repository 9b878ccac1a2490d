import { notFound, redirect, unstable_rethrow } from 'next/navigation';
import type { ReactNode } from 'react';
import { shownSession } from '@/components/layout/shown-session';
import { currentCaller, requireMember } from '@/components/request/current-caller';
import { currentPath, signInHref } from '@/components/request/current-path';
import { readSettings } from '@/components/request/current-settings';
import { isPostWithoutAction } from '@/components/request/next-actions';
import { setPageHeader, setPageStatus } from '@/components/request/page-response';
import { getPageText } from '@/components/request/page-text';
import type { Access } from '@/lib/accounts/sign-in/access';
import { type FailedRequest, toAppError } from '@/lib/core/app-error';
import type { Member } from '@/lib/core/caller';
import { pageRoute } from '@/lib/core/http/page-route';
import { pathOf } from '@/lib/core/http/request-path';
import { asMembersOnly } from '@/lib/pastes/members-only';
import { NotFoundStatement } from './not-found-statement';
import { isRuleCode, RuleStatement } from './rule-statement';
import { UnavailableStatement } from './unavailable-statement';

/**
 * Renders a page; an error becomes an error page with its status, and without
 * any script. Where the host does not let a page set its status, the error is thrown on.
 */
export async function guardPage(render: () => Promise<ReactNode>): Promise<ReactNode> {
  if (isPostWithoutAction()) {
    setPageStatus(405);
    setPageHeader('Allow', 'GET, HEAD');
  }
  try {
    await readSettings();
    return await render();
  } catch (error) {
    unstable_rethrow(error);
    const problem = asMembersOnly(
      toAppError(error, await currentRequest()),
      (await shownSession())?.user ?? null,
    );
    if (problem.code === 'not_found') return renderNotFound();
    if (!setPageStatus(problem.status)) throw error;
    if (problem.retryAfter !== undefined) setPageHeader('Retry-After', String(problem.retryAfter));
    const path = await currentPath();
    if (isRuleCode(problem.code))
      return <RuleStatement code={problem.code} path={path} text={await getPageText()} />;
    return <UnavailableStatement problem={problem} path={path} text={await getPageText()} />;
  }
}

async function currentRequest(): Promise<FailedRequest> {
  return { route: pageRoute(pathOf(await currentPath())) };
}

/** As `guardPage`, for signed-in users with this role; for others the page does not exist. Not for search engines. */
export function guardMemberPage(
  access: Exclude<Access, 'anyone'>,
  render: (caller: Member) => Promise<ReactNode>,
): Promise<ReactNode> {
  return guardPage(async () => {
    const caller = await currentCaller();
    if (!caller.user) redirect(await signInHref());
    const member = requireMember(caller, access);
    setPageHeader('X-Robots-Tag', 'noindex');
    return render(member);
  });
}

/** Next's own `notFound()` answers with a page that only a script fills. */
async function renderNotFound(): Promise<ReactNode> {
  if (!setPageStatus(404)) notFound();
  setPageHeader('X-Robots-Tag', 'noindex');
  return <NotFoundStatement text={await getPageText()} />;
}
