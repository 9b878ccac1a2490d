import { getTranslations } from 'next-intl/server';
import { ButtonForm } from '@/components/ui/page-form';
import { showPasteAction } from './actions';

/** For moderators: makes a hidden paste visible again. */
export async function ShowAgain({ slug, className = 'menu-item' }: { slug: string; className?: string }) {
  const t = await getTranslations('reading');
  return (
    <ButtonForm action={showPasteAction.bind(null, slug)}>
      <button type="submit" className={className}>
        {t('showAgain')}
      </button>
    </ButtonForm>
  );
}
