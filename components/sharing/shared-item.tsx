import { getTranslations } from 'next-intl/server';
import { momentLabels, titleOf } from '@/components/reading/display';
import { Moment } from '@/components/reading/moment';
import { getPageText } from '@/components/request/page-text';
import type { Caller } from '@/lib/core/caller';
import { decideRead } from '@/lib/pastes/policy';
import type { SharedPaste } from '@/lib/pastes/queries';

interface SharedItemProps {
  shared: SharedPaste;
  caller: Caller;
  now: Date;
}

/** A paste shared with the user: its title, author, and the user's role. */
export async function SharedItem({ shared: { paste, role, sharedAt }, caller, now }: SharedItemProps) {
  const t = await getTranslations('sharing');
  const reading = await getTranslations('reading');
  const granted = { ...paste, grant: { shareId: '', role, isOpened: true } };
  const isOpen = decideRead(caller, granted, { surface: 'metadata', now }) === 'full';
  const text = await getPageText();
  const { relative, exact } = momentLabels(sharedAt, now, text);
  return (
    <li className="relative border-b border-hair py-3.5 has-[a:hover]:bg-wash/60">
      <h2 className="text-base font-semibold [overflow-wrap:anywhere]">
        <a href={`/${paste.slug}`} className="before:absolute before:inset-0 hover:text-accent">
          <bdi>{isOpen ? titleOf(paste, text) : reading('envelope')}</bdi>
        </a>
      </h2>
      <ul className="dotted mt-0.5 flex flex-wrap text-xs text-muted touch:pointer-events-none">
        {paste.owner === null ? null : (
          <li>
            {reading.rich('byMember', {
              author: paste.owner,
              link: (name) => (
                <a
                  href={`/u/${paste.owner}`}
                  rel="author"
                  className="pointer-events-auto hover:text-ink hover:underline"
                >
                  {name}
                </a>
              ),
            })}
          </li>
        )}
        <li className={role === 'editor' ? 'text-accent' : 'text-ink'}>{t(`yourRole.${role}`)}</li>
        <li>
          {t.rich('sharedAt', {
            when: relative,
            moment: (words) => (
              <time dateTime={sharedAt.toISOString()} title={exact}>
                {words}
              </time>
            ),
          })}
        </li>
        {paste.expiresAt === null ? null : (
          <li>
            <Moment event="gone" at={paste.expiresAt} now={now} text={text} />
          </li>
        )}
      </ul>
    </li>
  );
}
