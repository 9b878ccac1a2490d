import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { guardPage } from '@/components/page/page-guard';
import { currentSession } from '@/components/request/current-caller';
import { setPageHeader } from '@/components/request/page-response';
import { ACTION_HEADER } from '@/lib/core/http/next-headers';

/** As `guardPage`, for a page that search engines must not index. */
export function guardAuthPage(render: () => Promise<ReactNode>): Promise<ReactNode> {
  return guardPage(async () => {
    setPageHeader('X-Robots-Tag', 'noindex');
    return render();
  });
}

/** Redirects users who are already signed in. */
export async function leaveIfSignedIn(path: string): Promise<void> {
  // Rendered within the answer to the sign-in itself, which knows better where to go.
  if ((await headers()).has(ACTION_HEADER)) return;
  if (await currentSession()) redirect(path);
}
