import type { ReactNode } from 'react';
import { DropQuery } from './drop-query';

/** A short notice about the last action; `name` is its query parameter. */
export function Notice({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p role="status" className="gutter border-b border-hair bg-wash py-2.5 text-sm">
      {children}
      <DropQuery name={name} />
    </p>
  );
}
