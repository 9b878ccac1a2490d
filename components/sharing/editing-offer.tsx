import { getTranslations } from 'next-intl/server';
import { textLink } from '@/components/ui/text-link';
import { maskAddress } from '@/lib/sharing/mask-address';
import type { Invitation } from './invitation';

/** Shown to readers of an unlisted paste who opened an editor's personal link. */
export async function EditingOffer({ slug, invitation }: { slug: string; invitation: Invitation }) {
  const t = await getTranslations('sharing');
  const { email, link } = invitation;
  const query = new URLSearchParams({ share: link, confirm: '' });
  return (
    <p className="no-print gutter border-b border-hair bg-wash py-2.5 text-sm [overflow-wrap:anywhere]">
      {t.rich('editingOffer', {
        address: maskAddress(email),
        link: textLink(`/${slug}?${query}`),
      })}
    </p>
  );
}
