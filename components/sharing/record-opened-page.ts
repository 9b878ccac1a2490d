import 'server-only';
import { headers } from 'next/headers';
import { pageMethod } from '@/components/request/page-response';
import type { Grant } from '@/lib/pastes/grants';
import { recordOpened } from '@/lib/sharing/opened';

/** For a page that shows the text of a paste that may be shared with the viewer. */
export async function recordOpenedPage(grant: Grant | null): Promise<void> {
  recordOpened(grant, { method: pageMethod(), purpose: (await headers()).get('sec-purpose') });
}
