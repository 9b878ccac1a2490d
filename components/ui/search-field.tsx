import { cn } from './class-names';

interface SearchFieldProps {
  label: string;
  /** What was asked for last. */
  value: string | undefined;
  className?: string;
}

/** What a list is searched for, sent as `q`; the `/` key leads to it. */
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
