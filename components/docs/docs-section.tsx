import type { ReactNode } from 'react';

export function DocsSection({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="mt-12 flex flex-col gap-4">
      <h2 id={id} className="-scroll-mt-10 text-xl leading-tight font-[620] tracking-[-0.012em]">
        {title}
      </h2>
      {children}
    </section>
  );
}
