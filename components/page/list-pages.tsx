import { buttonVariants } from '@/components/ui/button-variants';

interface ListPagesProps {
  label: string;
  /** Each is null if there is no such page. */
  first: { href: string; label: string } | null;
  next: { href: string; label: string } | null;
}

/** The ways through a list that is longer than a page. */
export function ListPages({ label, first, next }: ListPagesProps) {
  if (first === null && next === null) return null;
  return (
    <nav aria-label={label} className="mt-6 flex gap-2 text-sm">
      {first === null ? null : (
        <a href={first.href} className={buttonVariants()}>
          {first.label}
        </a>
      )}
      {next === null ? null : (
        <a href={next.href} rel="next" className={buttonVariants()}>
          {next.label}
        </a>
      )}
    </nav>
  );
}
