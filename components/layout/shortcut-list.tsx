'use client';

import { Keys } from './keys';
import { SHORTCUT_GROUPS } from './shortcut-groups';

type Group = (typeof SHORTCUT_GROUPS)[number];

export type ShortcutNames = Record<Group['name'] | Group['rows'][number]['does'], string>;

/** A client component, because Next sends the markup of others a second time, as data. */
export function ShortcutList({ names }: { names: ShortcutNames }) {
  return SHORTCUT_GROUPS.map(({ name, rows }) => (
    <section key={name} className="break-inside-avoid pt-4">
      <h3 className="mb-1 text-xs text-muted">{names[name]}</h3>
      <dl className="shortcut-list text-sm">
        {rows.map(({ does, ...keys }) => (
          <div key={does}>
            <dt>{names[does]}</dt>
            <dd>
              <Keys {...keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}
