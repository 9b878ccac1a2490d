import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';

interface EmptyFeedProps {
  isFiltered: boolean;
  isFirst: boolean;
  /** Whether there are older pastes that were not looked at. */
  continues: boolean;
}

/** The empty state of the list: the reason, and the next step. */
export async function EmptyFeed({ isFiltered, isFirst, continues }: EmptyFeedProps) {
  const t = await getTranslations('explore');
  if (continues) return <p className="mt-8 text-muted">{t('noneYet')}</p>;
  if (!isFirst) return <p className="mt-8 text-muted">{t('end')}</p>;
  return (
    <div className="flex flex-col items-start py-10">
      <p className="text-xl font-[620]">{t(isFiltered ? 'none' : 'empty')}</p>
      <p className="mt-1 text-muted">{t(isFiltered ? 'noneExplain' : 'emptyExplain')}</p>
      <a
        href={isFiltered ? '/explore' : '/'}
        className={`${buttonVariants({ variant: isFiltered ? 'plain' : 'primary', size: 'lg' })} mt-6`}
      >
        {t(isFiltered ? 'clear' : 'emptyAction')}
      </a>
    </div>
  );
}
