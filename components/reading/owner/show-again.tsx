import { getTranslations } from 'next-intl/server';
import { ActionForm } from '@/components/ui/action-form';
import { showPasteAction } from './actions';

/** For moderators: makes a hidden paste visible again. */
export async function ShowAgain({ slug }: { slug: string }) {
  const t = await getTranslations('reading');
  const composer = await getTranslations('composer');
  return (
    <ActionForm action={showPasteAction.bind(null, slug)} unreachable={composer('unreachable')}>
      <button type="submit" className="menu-item">
        {t('showAgain')}
      </button>
    </ActionForm>
  );
}
