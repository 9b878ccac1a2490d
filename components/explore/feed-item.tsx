import { AuthorItem } from '@/components/reading/author-item';
import { titleOf } from '@/components/reading/display';
import { PasteTitle } from '@/components/reading/paste-title';
import { getPageText } from '@/components/request/page-text';
import type { ListedPaste } from '@/lib/pastes/queries';
import { ContentFacts } from './content-facts';
import { FirstLines } from './first-lines';

interface FeedItemProps {
  paste: ListedPaste;
  now: Date;
  /** Whether it says who wrote the paste, if that is a member. */
  hasAuthor?: boolean;
}

/** One public paste of a list: its title, how it begins, and one line about it. */
export async function FeedItem({ paste, now, hasAuthor = false }: FeedItemProps) {
  const text = await getPageText();
  return (
    <li className="relative border-b border-hair py-3.5 has-[a:hover]:bg-wash/60 has-[h2_a:focus-visible]:bg-wash">
      <PasteTitle slug={paste.slug} title={titleOf(paste, text)} />
      <FirstLines preview={paste.preview} />
      <ul className="dotted mt-1 flex flex-wrap text-xs text-muted touch:pointer-events-none">
        {hasAuthor && paste.owner !== null ? <AuthorItem paste={paste} hasAvatar text={text} /> : null}
        <ContentFacts paste={paste} now={now} text={text} />
      </ul>
    </li>
  );
}
