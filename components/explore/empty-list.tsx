import { getPageText } from '@/components/request/page-text';
import { buttonVariants } from '@/components/ui/button-variants';

interface EmptyListProps {
  /** The public pastes, or the user's own. */
  list: 'explore' | 'own';
  isFiltered: boolean;
  isFirst: boolean;
  /** Whether there are further pastes that were not looked at. */
  continues: boolean;
}

/** The empty state of a list: the reason, and the next step. */
export async function EmptyList({ list, isFiltered, isFirst, continues }: EmptyListProps) {
  const { t } = await getPageText();
  if (continues) return <p className="mt-8 text-muted">{t(`${list}.noneYet`)}</p>;
  if (!isFirst) return <p className="mt-8 text-muted">{t('explore.end')}</p>;
  const unfiltered = list === 'own' ? '/me' : '/explore';
  return (
    <div className="flex flex-col items-start py-10">
      <p className="text-xl font-[620]">{t(isFiltered ? `${list}.none` : `${list}.empty`)}</p>
      <p className="mt-1 text-muted">{t(isFiltered ? 'explore.noneExplain' : `${list}.emptyExplain`)}</p>
      <a
        href={isFiltered ? unfiltered : '/'}
        className={`${buttonVariants({ variant: isFiltered ? 'plain' : 'primary', size: 'lg' })} mt-6`}
      >
        {t(isFiltered ? 'explore.clear' : `${list}.emptyAction`)}
      </a>
    </div>
  );
}
