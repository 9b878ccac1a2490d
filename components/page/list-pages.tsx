import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button-variants';

interface ListPagesProps {
  label: string;
  /** The words of the links, in place of those of a list from new to old. */
  first?: string;
  next?: string;
  isFirst: boolean;
  /** Null on the last page. */
  nextCursor: string | null;
  /** The page with this cursor; without one, the first. */
  hrefOf: (cursor: string | undefined) => string;
}

/** The ways through a list that is longer than a page. */
export async function ListPages({ label, first, next, isFirst, nextCursor, hrefOf }: ListPagesProps) {
  if (isFirst && nextCursor === null) return null;
  const t = await getTranslations('explore');
  return (
    <nav aria-label={label} className="mt-6 flex gap-2 text-sm">
      {isFirst ? null : (
        <a href={hrefOf(undefined)} className={buttonVariants()}>
          {first ?? t('newest')}
        </a>
      )}
      {nextCursor === null ? null : (
        <a href={hrefOf(nextCursor)} rel="next" className={buttonVariants()}>
          {next ?? t('older')}
        </a>
      )}
    </nav>
  );
}
