import type { ReactNode } from 'react';
import { DropQuery } from './drop-query';

/** A quiet line about what has just been done; `name` is the query word that called for it. */
export function Notice({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p role="status" className="gutter border-b border-hair bg-wash py-2.5 text-sm">
      {children}
      <DropQuery name={name} />
    </p>
  );
}
