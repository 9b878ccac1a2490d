import { getTranslations } from 'next-intl/server';
import { titleOf } from '@/components/reading/display';
import { Moment, momentValues } from '@/components/reading/moment';
import { PasteTitle } from '@/components/reading/paste-title';
import { getPageText } from '@/components/request/page-text';
import { decideRead, type Viewer } from '@/lib/pastes/policy';
import type { SharedPaste } from '@/lib/sharing/shared-pastes';

interface SharedItemProps {
  shared: SharedPaste;
  viewer: Viewer;
  now: Date;
}

/** A paste shared with the user: its title, author, and the user's role. */
export async function SharedItem({ shared: { paste, role, sharedAt }, viewer, now }: SharedItemProps) {
  const t = await getTranslations('sharing');
  const reading = await getTranslations('reading');
  const grant = { shareId: '', role, isOpened: true };
  const isOpen = decideRead({ ...viewer, grant }, paste, { surface: 'metadata', now }) === 'full';
  const text = await getPageText();
  return (
    <li className="relative border-b border-hair py-3.5 has-[a:hover]:bg-wash/60">
      <PasteTitle slug={paste.slug} title={isOpen ? titleOf(paste, text) : reading('envelope')} />
      <ul className="dotted mt-0.5 flex flex-wrap text-xs text-muted">
        {paste.owner === null ? null : (
          <li>
            {reading.rich('byMember', {
              author: paste.owner,
              link: (name) => (
                <a
                  href={`/u/${paste.owner}`}
                  rel="author"
                  className="relative z-1 hover:text-ink hover:underline"
                >
                  {name}
                </a>
              ),
            })}
          </li>
        )}
        <li className={role === 'editor' ? 'text-accent' : 'text-ink'}>{t(`yourRole.${role}`)}</li>
        <li>{t.rich('sharedAt', momentValues(sharedAt, now, text))}</li>
        {paste.expiresAt === null ? null : (
          <li>
            <Moment event="gone" at={paste.expiresAt} now={now} text={text} />
          </li>
        )}
      </ul>
    </li>
  );
}
