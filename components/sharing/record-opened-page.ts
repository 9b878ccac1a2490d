import 'server-only';
import { headers } from 'next/headers';
import { findPasteForPage } from '@/components/reading/load/load-paste';
import { pageMethod } from '@/components/request/page-response';
import { slugOfLink } from '@/lib/api/terminal-path';
import type { Grant } from '@/lib/pastes/grants';
import { recordOpened, shareToOpen } from '@/lib/sharing/opened';

/** For a page that shows the text of a paste that may be shared with the viewer. */
export async function recordOpenedPage(grant: Grant | null): Promise<void> {
  recordOpened(grant, await asking());
}

/**
 * The share that the page of a paste opens. Null on other pages, and if the paste cannot be loaded, as its page then
 * says.
 * @param path path and query of the page
 */
export async function shareOpenedAt(path: string): Promise<string | null> {
  const slug = slugOfLink(new URL(path, 'http://origin.invalid').pathname);
  const found = slug === null ? null : await findPasteForPage(slug).catch(() => null);
  // The text of a secret paste is opened when its ciphertext is read.
  if (!found?.isOpen || found.paste.isSecret) return null;
  return shareToOpen(found.paste.grant, await asking());
}

async function asking() {
  return { method: pageMethod(), purpose: (await headers()).get('sec-purpose') };
}
