import { PostedForm } from '@/components/ui/posted-form';
import type { PageText } from '@/lib/core/i18n/page-text';

interface ShowAgainProps {
  slug: string;
  className?: string;
  text: PageText;
}

/** For moderators: makes a hidden paste visible again. */
export function ShowAgain({ slug, className = 'menu-item', text }: ShowAgainProps) {
  return (
    <PostedForm action={`/${slug}/forms/show`} text={text}>
      <button type="submit" className={className}>
        {text.t('reading.showAgain')}
      </button>
    </PostedForm>
  );
}
