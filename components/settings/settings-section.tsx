import type { ReactNode } from 'react';

export interface SettingsSectionProps {
  /** Also the id of the section's heading. */
  id: string;
  heading: string;
  explain?: ReactNode;
  children: ReactNode;
}

/** A section, with its heading at the left on wide screens. */
export function SettingsSection({ id, heading, explain, children }: SettingsSectionProps) {
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-12 gap-y-5 border-b border-hair py-8 last:border-b-0 md:grid-cols-[240px_minmax(0,1fr)]"
    >
      <div>
        <h2 id={id} className="text-lg leading-snug font-[620]">
          {heading}
        </h2>
        {explain === undefined ? null : <p className="mt-1.5 text-sm text-muted">{explain}</p>}
      </div>
      <div className="min-w-0 max-w-column">{children}</div>
    </section>
  );
}
