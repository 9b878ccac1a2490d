import { getTranslations } from 'next-intl/server';
import { FeedItem } from '@/components/explore/feed-item';
import { FirstLines } from '@/components/explore/first-lines';
import { PasteFacts } from '@/components/own/paste-facts';
import { titleOf } from '@/components/reading/display';
import { PasteTitle } from '@/components/reading/paste-title';
import { getPageText } from '@/components/request/page-text';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import type { ListedPaste } from '@/lib/pastes/queries';

interface ProfilePastesProps {
  pastes: readonly ListedPaste[];
  now: Date;
  /** Where to return after deleting a paste; null for viewers other than their author. */
  back: string | null;
}

export function ProfilePastes({ pastes, now, back }: ProfilePastesProps) {
  return (
    <ul className="mt-8 border-t border-hair">
      {pastes.map((paste) =>
        back === null ? (
          <FeedItem key={paste.id} paste={paste} now={now} />
        ) : (
          <OwnItem key={paste.id} paste={paste} now={now} back={back} />
        ),
      )}
    </ul>
  );
}

async function OwnItem({ paste, now, back }: { paste: ListedPaste; now: Date; back: string }) {
  const t = await getTranslations('profile');
  const title = titleOf(paste, await getPageText());
  return (
    <li className="relative flex items-center gap-3 border-b border-hair py-3.5 has-[h2_a:focus-visible]:bg-wash has-[h2_a:hover]:bg-wash/60">
      <div className="min-w-0 grow">
        <PasteTitle slug={paste.slug} title={title} />
        <FirstLines preview={paste.preview} />
        <PasteFacts paste={paste} now={now} isAmongPublic />
      </div>
      <a
        href={`/me/delete?${new URLSearchParams({ slug: paste.slug, back })}`}
        aria-label={t('deleteNamed', { title })}
        className={cn(
          buttonVariants({ variant: 'quiet', size: 'sm' }),
          'relative z-1 -mr-2 touch:mr-0 hover:bg-danger-wash hover:text-danger',
        )}
      >
        {t('delete')}
      </a>
    </li>
  );
}
