import type { PageText } from '@/lib/core/i18n/page-text';
import { setting } from '@/lib/core/settings/stored-settings';
import { isIndexable } from '@/lib/pastes/policy';
import type { PasteRecord } from '@/lib/pastes/queries';
import { titleOf } from './display';

interface ShownPaste {
  paste: PasteRecord;
  /** Whether the content may be shown. */
  isOpen: boolean;
}

export interface PasteMetadata {
  title: string;
  description: string;
  image: { url: string; width: number; height: number; alt: string };
}

/** Whether search engines may index the page of this paste, and unfurlers name its title. */
export function isIndexed({ paste, isOpen }: ShownPaste): boolean {
  return isOpen && isIndexable(paste);
}

/** What the head of a paste's page says about it. */
export function pasteMetadata(shown: ShownPaste, text: PageText): PasteMetadata {
  const instance = setting('instance_name');
  const isNamed = isIndexed(shown) || shown.paste.isSecret;
  const title = isNamed ? titleOf(shown.paste, text) : text.t('reading.paste', { instance });
  const description = text.t('reading.pasteDescription', { instance });
  const image = { url: `/${shown.paste.slug}/preview.png`, width: 1200, height: 630, alt: title };
  return { title, description, image };
}
