import { getTranslations } from 'next-intl/server';
import { ButtonForm } from '@/components/ui/page-form';
import { showPasteAction } from './actions';

/** For moderators: makes a hidden paste visible again. */
export async function ShowAgain({ slug }: { slug: string }) {
  const t = await getTranslations('reading');
  return (
    <ButtonForm action={showPasteAction.bind(null, slug)}>
      <button type="submit" className="menu-item">
        {t('showAgain')}
      </button>
    </ButtonForm>
  );
}
