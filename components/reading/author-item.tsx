import { Avatar } from '@/components/ui/avatar';
import { avatarUrl } from '@/lib/accounts/users/avatar-url';
import type { PageText } from '@/lib/core/i18n/page-text';
import type { PasteRecord } from '@/lib/pastes/queries';
import { visibleText } from '@/lib/text/unicode/display-text';

type Owned = Pick<PasteRecord, 'owner' | 'ownerId' | 'ownerName' | 'ownerImage'>;

interface AuthorItemProps {
  paste: Owned;
  /** With the avatar, as in a list. */
  hasAvatar?: boolean;
  text: PageText;
}

/** Who wrote a paste, as an item of its facts. */
export function AuthorItem({ paste, hasAvatar = false, text }: AuthorItemProps) {
  const { owner, ownerId, ownerImage } = paste;
  const author = authorOf(paste, text);
  return (
    <li className="max-w-full truncate">
      {owner === null
        ? text.t('reading.by', { author })
        : text.t.rich('reading.byMember', {
            author,
            link: (name) => (
              <a
                href={`/u/${owner}`}
                rel="author"
                className="pointer-events-auto relative hover:text-ink hover:underline"
              >
                {hasAvatar && ownerId !== null ? (
                  <Avatar
                    src={avatarUrl({ id: ownerId, image: ownerImage })}
                    size={16}
                    className="mr-1 inline-block self-center align-[-3px]"
                  />
                ) : null}
                <bdi>{name}</bdi>
              </a>
            ),
          })}
    </li>
  );
}

/** Says to a reader with whom a paste is shared whose it is. */
export function SharedNote({ paste, text }: { paste: Owned; text: PageText }) {
  return (
    <p className="mt-1 text-sm text-muted [overflow-wrap:anywhere]">
      {text.t.rich('sharing.withYou', {
        author: authorOf(paste, text),
        name: (author) => <bdi>{author}</bdi>,
      })}
    </p>
  );
}

/**
 * The display name of the author, which anyone may choose, with the username; the username alone; or that it was a
 * guest.
 */
export function authorOf({ owner, ownerName }: Owned, { t }: PageText): string {
  if (owner === null) return t('reading.guest');
  const name = visibleText(ownerName ?? '');
  return name === '' ? owner : `${name} (${owner})`;
}
