import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';

interface EmptyOwnProps {
  isFiltered: boolean;
  isFirst: boolean;
  /** Whether there are further pastes that were not looked at. */
  continues: boolean;
}

/** The empty state of the list: the reason, and the next step. */
export async function EmptyOwn({ isFiltered, isFirst, continues }: EmptyOwnProps) {
  const t = await getTranslations('own');
  const explore = await getTranslations('explore');
  if (continues) return <p className="mt-8 text-muted">{t('noneYet')}</p>;
  if (!isFirst) return <p className="mt-8 text-muted">{explore('end')}</p>;
  return (
    <div className="flex flex-col items-start py-10">
      <p className="text-xl font-[620]">{t(isFiltered ? 'none' : 'empty')}</p>
      <p className="mt-1 text-muted">{isFiltered ? explore('noneExplain') : t('emptyExplain')}</p>
      <a
        href={isFiltered ? '/me' : '/'}
        className={`${buttonVariants({ variant: isFiltered ? 'plain' : 'primary', size: 'lg' })} mt-6`}
      >
        {isFiltered ? explore('clear') : t('emptyAction')}
      </a>
    </div>
  );
}
