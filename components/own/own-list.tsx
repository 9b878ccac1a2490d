import { getTranslations } from 'next-intl/server';
import { FirstLines } from '@/components/explore/first-lines';
import { titleOf } from '@/components/reading/display';
import { PasteTitle } from '@/components/reading/paste-title';
import { getPageText } from '@/components/request/page-text';
import { buttonVariants } from '@/components/ui/button-variants';
import { cn } from '@/components/ui/class-names';
import type { ListedPaste } from '@/lib/pastes/queries';
import { PasteFacts } from './paste-facts';
import { SecretTitle } from './secret-title';
import { SelectAll } from './select-all';

interface OwnListProps {
  pastes: readonly ListedPaste[];
  /** By the ids of pastes, with how many people each is shared. */
  sharedWith: ReadonlyMap<string, number>;
  now: Date;
  /** The URL of this page of the list, to return to. */
  back: string;
}

/** One plain form around all rows: it opens the page that asks for confirmation. */
export async function OwnList({ pastes, sharedWith, now, back }: OwnListProps) {
  const t = await getTranslations('own');
  return (
    <form action="/me/delete" className="group mt-4">
      <input type="hidden" name="back" value={back} />
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 border-b border-hair">
        <SelectAll label={t('selectAll')} />
        <button
          type="submit"
          className={cn(
            buttonVariants({ variant: 'quiet', size: 'sm' }),
            '-mr-2 ml-auto group-has-[li_:checked]:text-danger group-has-[li_:checked]:hover:bg-danger-wash',
          )}
        >
          {t('deleteSelected')}
        </button>
      </div>
      <ul>
        {pastes.map((paste) => (
          <OwnRow key={paste.id} paste={paste} sharedWith={sharedWith.get(paste.id)} now={now} />
        ))}
      </ul>
    </form>
  );
}

interface OwnRowProps {
  paste: ListedPaste;
  sharedWith: number | undefined;
  now: Date;
}

async function OwnRow({ paste, sharedWith, now }: OwnRowProps) {
  const t = await getTranslations('own');
  const title = titleOf(paste, await getPageText());
  return (
    <li className="relative flex gap-3 border-b border-hair py-3.5 has-checked:bg-wash has-[a:hover]:bg-wash/60 has-[h2_a:focus-visible]:bg-wash">
      <label className="relative z-1 -my-3.5 -ml-3 flex shrink-0 items-start px-3 pt-[19px]">
        <input
          type="checkbox"
          name="slug"
          value={paste.slug}
          aria-label={t('select', { title })}
          className="size-4 accent-accent"
        />
      </label>
      <div className="min-w-0 grow">
        {paste.isSecret ? (
          <SecretTitle slug={paste.slug} title={title} />
        ) : (
          <PasteTitle slug={paste.slug} title={title} />
        )}
        <FirstLines preview={paste.preview} />
        <PasteFacts paste={paste} now={now} sharedWith={sharedWith} />
      </div>
    </li>
  );
}
