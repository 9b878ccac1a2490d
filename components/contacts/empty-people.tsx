import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';

interface EmptyPeopleProps {
  isSearch: boolean;
  isFirst: boolean;
}

/** What stands in place of a list without people: why, and what can be done. */
export async function EmptyPeople({ isSearch, isFirst }: EmptyPeopleProps) {
  const t = await getTranslations('people');
  if (!isFirst) return <p className="mt-8 text-muted">{t('end')}</p>;
  return (
    <div className="flex grow flex-col items-start justify-center py-16">
      <p className="text-[19px] font-[620]">{t(isSearch ? 'none' : 'empty')}</p>
      <p className="mt-1 text-muted">{t(isSearch ? 'noneExplain' : 'emptyExplain')}</p>
      <div className="mt-6 flex flex-wrap gap-2">
        {isSearch ? (
          <a href="/people" className={buttonVariants({ size: 'lg' })}>
            {t('clear')}
          </a>
        ) : (
          <>
            <a href="/people/new" className={buttonVariants({ variant: 'primary', size: 'lg' })}>
              {t('new')}
            </a>
            <a href="/people/import" className={buttonVariants({ size: 'lg' })}>
              {t('import.heading')}
            </a>
          </>
        )}
      </div>
    </div>
  );
}
