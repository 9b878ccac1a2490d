import type { ReactNode } from 'react';

/** A small popover beside its button, about a link. */
export function LinkPanel({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div
      id={id}
      popover="auto"
      role="dialog"
      aria-label={label}
      className="more-panel link-panel rounded-md border border-edge bg-raised text-ink"
    >
      {children}
    </div>
  );
}
