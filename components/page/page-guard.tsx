import { headers } from 'next/headers';
import { notFound, redirect, unstable_rethrow } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { signInHref } from '@/components/actions/guarded-action';
import { currentCaller, requireMember } from '@/components/request/current-caller';
import { isPostWithoutAction } from '@/components/request/next-actions';
import { PAGE_PATH_HEADER } from '@/components/request/page-path';
import { setPageHeader, setPageStatus } from '@/components/request/page-response';
import { buttonVariants } from '@/components/ui/button-variants';
import type { Access } from '@/lib/accounts/sign-in/access';
import { toAppError } from '@/lib/core/app-error';
import type { Member } from '@/lib/core/caller';
import type { AppError } from '@/lib/core/errors';
import { NotFoundStatement } from './not-found-statement';
import { Statement } from './statement';

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
    return await render();
  } catch (error) {
    unstable_rethrow(error);
    const problem = toAppError(error);
    if (problem.code === 'not_found') return renderNotFound();
    if (!setPageStatus(problem.status)) throw error;
    if (problem.retryAfter !== undefined) setPageHeader('Retry-After', String(problem.retryAfter));
    return <Unavailable problem={problem} />;
  }
}

/** As `guardPage`, for signed-in users with this role; for others the page does not exist. */
export function guardMemberPage(
  access: Exclude<Access, 'anyone'>,
  render: (caller: Member) => Promise<ReactNode>,
): Promise<ReactNode> {
  return guardPage(async () => {
    const caller = await currentCaller();
    if (!caller.user) redirect(await signInHref());
    return render(requireMember(caller, access));
  });
}

/** Next's own `notFound()` answers with a page that only a script fills. */
function renderNotFound(): ReactNode {
  if (!setPageStatus(404)) notFound();
  setPageHeader('X-Robots-Tag', 'noindex');
  return <NotFoundStatement />;
}

async function Unavailable({ problem }: { problem: AppError }) {
  const t = await getTranslations('unavailable');
  const here = (await headers()).get(PAGE_PATH_HEADER) ?? '/';
  const kind = kindOf(problem);
  return (
    <Statement title={t(kind === 'internal' ? 'internalTitle' : 'databaseTitle')} detail={t(kind)}>
      <a href={here} className={buttonVariants({ variant: 'primary', size: 'lg' })}>
        {t('retry')}
      </a>
    </Statement>
  );
}

function kindOf(problem: AppError): 'database' | 'storage' | 'busy' | 'internal' {
  if (problem.code === 'database_unavailable') return 'database';
  if (problem.code === 'overloaded') return 'busy';
  return problem.code === 'storage_unavailable' ? 'storage' : 'internal';
}
