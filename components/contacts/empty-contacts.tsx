import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';

interface EmptyContactsProps {
  isSearch: boolean;
  isFirst: boolean;
}

/** Shown in place of an empty list: why it is empty, and what to do. */
export async function EmptyContacts({ isSearch, isFirst }: EmptyContactsProps) {
  const t = await getTranslations('contacts');
  if (!isFirst) return <p className="mt-8 text-muted">{t('end')}</p>;
  return (
    <div className="flex flex-col items-start py-10">
      <p className="text-xl font-[620]">{t(isSearch ? 'none' : 'empty')}</p>
      <p className="mt-1 text-muted">{t(isSearch ? 'noneExplain' : 'emptyExplain')}</p>
      <div className="mt-6 flex flex-wrap gap-2">
        {isSearch ? (
          <a href="/contacts" className={buttonVariants({ size: 'lg' })}>
            {t('clear')}
          </a>
        ) : (
          <>
            <a href="/contacts/new" className={buttonVariants({ variant: 'primary', size: 'lg' })}>
              {t('new')}
            </a>
            <a href="/contacts/import" className={buttonVariants({ size: 'lg' })}>
              {t('import.heading')}
            </a>
          </>
        )}
      </div>
    </div>
  );
}
