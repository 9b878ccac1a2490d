import { cn } from './class-names';

interface SearchFieldProps {
  label: string;
  /** The last search text. */
  value: string | undefined;
  className?: string;
}

/** The search field of a list, sent as `q`; the `/` key focuses it. */
export function SearchField({ label, value, className }: SearchFieldProps) {
  return (
    <input
      type="search"
      name="q"
      defaultValue={value}
      maxLength={200}
      aria-label={label}
      placeholder={label}
      data-shortcut="/"
      className={cn('h-10 min-w-0 grow rounded-md border border-edge bg-raised px-3', className)}
    />
  );
}
