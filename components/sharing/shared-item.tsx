import { getTranslations } from 'next-intl/server';
import { FirstLines } from '@/components/explore/first-lines';
import { LanguageItem } from '@/components/explore/language-item';
import { AuthorItem } from '@/components/reading/author-item';
import { titleOf } from '@/components/reading/display';
import { Moment, momentValues } from '@/components/reading/moment';
import { PasteTitle } from '@/components/reading/paste-title';
import { getPageText } from '@/components/request/page-text';
import type { Caller } from '@/lib/core/caller';
import { decideRead, readsLeft } from '@/lib/pastes/policy';
import type { SharedPaste } from '@/lib/sharing/shared-pastes';

interface SharedItemProps {
  shared: SharedPaste;
  caller: Caller;
  now: Date;
}

/** A paste shared with the user: its title, author, and the user's role. */
export async function SharedItem({ shared: { paste, role, sharedAt }, caller, now }: SharedItemProps) {
  const t = await getTranslations('sharing');
  const granted = { ...paste, grant: { shareId: '', role, isOpened: true } };
  const isOpen = decideRead(caller, granted, { surface: 'metadata', now }) === 'full';
  const text = await getPageText();
  const left = readsLeft(paste);
  const closedTitle = text.t(left === null ? 'reading.envelope' : 'burning.untold');
  return (
    <li className="relative border-b border-hair py-3.5 has-[a:hover]:bg-wash/60 has-[h2_a:focus-visible]:bg-wash">
      <PasteTitle slug={paste.slug} title={isOpen ? titleOf(paste, text) : closedTitle} />
      {isOpen ? <FirstLines preview={paste.preview} /> : null}
      <ul className="dotted mt-1 flex flex-wrap text-xs text-muted touch:pointer-events-none">
        {paste.owner === null ? null : <AuthorItem paste={paste} hasAvatar text={text} />}
        <li className={role === 'editor' ? 'text-accent' : 'text-ink'}>{t(`yourRole.${role}`)}</li>
        {isOpen ? <LanguageItem paste={paste} text={text} /> : null}
        <li>{t.rich('sharedAt', momentValues(sharedAt, now, text))}</li>
        {left === null ? null : <li className="text-ink">{text.t('burning.burnsAfter', { count: left })}</li>}
        {paste.expiresAt === null ? null : (
          <li>
            <Moment event="gone" at={paste.expiresAt} now={now} text={text} />
          </li>
        )}
      </ul>
    </li>
  );
}
