import { getTranslations } from 'next-intl/server';
import { titleOf } from '@/components/reading/display';
import { getPageText } from '@/components/request/page-text';
import { buttonVariants } from '@/components/ui/button-variants';
import { MAX_PAGE_SIZE } from '@/lib/core/pagination';
import { listSharedPastes, type SharedPaste } from '@/lib/sharing/shared-pastes';
import { Opened } from './opened';

interface SharedWithContactProps {
  ownerId: string;
  email: string;
  now: Date;
}

/** The pastes shared with a contact's email address; renders nothing if there are none. */
export async function SharedWithContact({ ownerId, email, now }: SharedWithContactProps) {
  const { items, nextCursor } = await listSharedPastes(email, { ownerId, limit: MAX_PAGE_SIZE }, now);
  if (items.length === 0) return null;
  const t = await getTranslations('sharing');
  return (
    <section aria-labelledby="shared-with" className="mt-8 border-t border-hair pt-6">
      <h2 id="shared-with" className="text-lg leading-snug font-[620]">
        {t('withContact')}
      </h2>
      <p className="mt-1 text-sm text-muted">{t('withContactExplain')}</p>
      <ul className="mt-2">
        {items.map((shared) => (
          <SharedRow key={shared.paste.id} shared={shared} now={now} />
        ))}
      </ul>
      {nextCursor === null ? null : (
        <p className="mt-2 text-sm text-muted">{t('newestOnly', { count: items.length })}</p>
      )}
    </section>
  );
}

async function SharedRow({ shared: { paste, role, openedAt }, now }: { shared: SharedPaste; now: Date }) {
  const t = await getTranslations('sharing');
  const title = titleOf(paste, await getPageText());
  return (
    <li className="flex items-center justify-between gap-3 border-b border-hair py-3 last:border-b-0">
      <div className="min-w-0">
        <a
          href={`/${paste.slug}`}
          className="tap font-medium [overflow-wrap:anywhere] hover:text-accent touch:-my-2.5"
        >
          <bdi>{title}</bdi>
        </a>
        <ul className="dotted flex flex-wrap text-xs text-muted">
          <li>{t(`theirRole.${role}`)}</li>
          <li>
            <Opened at={openedAt} now={now} />
          </li>
        </ul>
      </div>
      <a
        href={`/${paste.slug}/share`}
        aria-label={t('manageOf', { title })}
        className={`${buttonVariants({ variant: 'quiet', size: 'sm' })} -mr-2 shrink-0`}
      >
        {t('manage')}
      </a>
    </li>
  );
}
