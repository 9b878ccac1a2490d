import type { ReactNode } from 'react';
import { InlineCode } from './inline-code';

/** Pairs of a name and its description. */
export function FactsTable({ rows }: { rows: readonly { name: ReactNode; says: string; key: string }[] }) {
  return (
    <dl className="border-t border-hair text-sm">
      {rows.map(({ key, name, says }) => (
        <div key={key} className="flex flex-wrap gap-x-6 gap-y-0.5 border-b border-hair py-2">
          <dt className="w-[200px] shrink-0 font-medium max-sm:w-full">{name}</dt>
          <dd className="min-w-0 flex-1 basis-[240px] text-muted">
            <InlineCode text={says} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
