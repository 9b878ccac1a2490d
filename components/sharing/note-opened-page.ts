import 'server-only';
import { headers } from 'next/headers';
import { pageMethod } from '@/components/request/page-response';
import type { Grant } from '@/lib/pastes/grants';
import { noteOpened } from '@/lib/sharing/opened';

/** For a page that shows the text of what may be shared with whoever asks for it. */
export async function noteOpenedPage(grant: Grant | null): Promise<void> {
  noteOpened(grant, { method: pageMethod(), purpose: (await headers()).get('sec-purpose') });
}
